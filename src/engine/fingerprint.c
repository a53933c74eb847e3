/* SPDX-License-Identifier: MIT */
/*
 * fingerprint.c - a name for a finding that holds no guessable value.
 *
 * 64 bits over the rule's id and the anchor's sentence, folded, every number
 * and every secret replaced by what it is, and the count of the same before it.
 * Position-free, so that moving lines keeps it. The value itself goes into a
 * tag of 8 bits for numbers of seven digits or more and 3 bits for anything
 * else: enough to see a change, too little to guess from.
 */
#include "engine/state.h"


enum { LONG_NUMBER = 7 };

static const struct proof *proof_at(const struct finding *f, uint32_t at)
{
    for (uint32_t i = 0; i < f->proof_count; i++)
        if (f->proofs[i].secret &&
            f->proofs[i].place.field == f->sentence.field &&
            f->proofs[i].place.at.beg == at)
            return &f->proofs[i];
    return NULL;
}

static uint64_t mix(uint64_t sum, struct str s)
{
    return (sum ^ str_hash(s)) * 0x100000001b3u;
}

/* Words and blanks only: punctuation and numbers may change. */
static uint64_t sentence_hash(
    const struct scratch *s, const struct finding *f)
{
    struct str bytes = s->text.doc->fields[f->sentence.field].bytes;
    uint64_t sum =
        str_hash(pack_text(s->pack, s->pack->rules[f->rule].id));
    uint32_t i = f->sentence.at.beg;

    while (i < f->sentence.at.end) {
        const struct proof *proof = proof_at(f, i);
        if (proof) {
            sum = mix(sum, proof->name);
            i = proof->place.at.end;
            continue;
        }
        uint32_t beg = i;
        while (i < f->sentence.at.end && byte_is_alpha(bytes.ptr[i]))
            i++;
        if (i > beg) {
            char word[32];
            uint32_t len = i - beg < 32 ? i - beg : 32;
            for (uint32_t k = 0; k < len; k++)
                word[k] = byte_lower(bytes.ptr[beg + k]);
            sum = mix(sum, (struct str){word, len});
        } else {
            i++;
        }
    }
    return sum;
}

static void set_tag(const struct scratch *s, struct finding *f)
{
    struct str bytes = s->text.doc->fields[f->place.field].bytes;
    uint64_t sum = 0;
    uint32_t digits = 0;
    for (uint32_t i = f->place.at.beg; i < f->place.at.end; i++) {
        char c = byte_lower(bytes.ptr[i]);
        digits += byte_is_digit(c);
        if (byte_is_alnum(c))
            sum = mix(sum, (struct str){&c, 1});
    }
    f->value_bits = digits >= LONG_NUMBER ? 8 : 3;
    f->value_tag = (uint8_t)((sum >> 17) & ((1u << f->value_bits) - 1));
}

void fingerprint_set(struct scratch *s, struct finding *items, size_t count)
{
    uint64_t *base = ARENA_NEW(s->arena, uint64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t same = 0;
        base[i] = sentence_hash(s, &items[i]);
        for (size_t j = 0; j < i; j++)
            same += base[j] == base[i];
        items[i].fingerprint = (base[i] ^ same) * 0x9E3779B97F4A7C15u;
        set_tag(s, &items[i]);
    }
}
