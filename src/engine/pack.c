/* SPDX-License-Identifier: MIT */
/* pack.c - opening compiled rules. */
#include "engine/pack.h"

#include <string.h>

static const char *const context_words[] = {
#define X(name, word) word,
    CONTEXT_LIST(X)
#undef X
};

const char *context_word(enum context context)
{
    return context_words[context];
}

static const uint32_t record_size[] = {
#define X(member, type) sizeof(type),
    PACK_SECTIONS(X)
#undef X
};

static bool header_fits(struct str bytes, struct err *err)
{
    const struct pack_header *h = (const void *)bytes.ptr;
    struct where none = {0};

    if (bytes.len < sizeof *h || memcmp(h->magic, "postlint", 8) != 0)
        return err_set(err, ERR_PACK, none, "not a compiled rule pack");
    if (h->order != PACK_ORDER)
        return err_set(err, ERR_PACK, none,
            "the pack was made on a machine of another byte order");
    if (h->version != PACK_VERSION)
        return err_set(err, ERR_PACK, none,
            "the pack has format %u, this program reads %u: compile it again",
            (unsigned)h->version, (unsigned)PACK_VERSION);
    if (h->size != bytes.len)
        return err_set(err, ERR_PACK, none, "the pack is cut short");
    for (size_t i = 0; i < PACK_SECTION_COUNT; i++) {
        uint64_t end = h->section[i].off +
            (uint64_t)h->section[i].count * record_size[i];
        if (h->section[i].off % 8 != 0 || end > bytes.len)
            return err_set(err, ERR_PACK, none, "the pack is damaged");
    }
    return true;
}

bool pack_open(
    struct str bytes, bool trusted, struct pack *pack, struct err *err)
{
    struct pack p = {.bytes = bytes, .foreign = !trusted};

    if (!trusted && !header_fits(bytes, err))
        return false;
    const struct pack_header *h = (const void *)bytes.ptr;
#define X(member, type)                                                        \
    p.member = (const void *)(bytes.ptr + h->section[PACK_SECTION_##member].off); \
    p.member##_count = h->section[PACK_SECTION_##member].count;
    PACK_SECTIONS(X)
#undef X
    if (!trusted && !pack_check(&p, err))
        return false;
    *pack = p;
    return true;
}

uint32_t pack_rule_find(const struct pack *p, struct str id)
{
    for (uint32_t i = 0; i < p->rules_count; i++)
        if (str_eq(pack_text(p, p->rules[i].id), id))
            return i;
    return PACK_NONE;
}

uint32_t pack_lexicon_find(const struct pack *p, struct str name)
{
    for (uint32_t i = 0; i < p->lexicons_count; i++)
        if (str_eq(pack_text(p, p->lexicons[i].name), name))
            return i;
    return PACK_NONE;
}

bool rule_id_under(struct str id, struct str prefix)
{
    return str_starts(id, prefix) &&
        (id.len == prefix.len || id.ptr[prefix.len] == '/');
}
