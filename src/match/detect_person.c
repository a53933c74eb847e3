/* SPDX-License-Identifier: MIT */
/*
 * detect_person.c - people's names.
 *
 * A first name of the list, with the surname behind it if there is one; a title
 * and a name; an initial and a surname; an unknown capitalised word behind a word
 * that names follow (little, auntie, patient). Names that are plain words as well
 * (Faith, Mark) need a capital, and in the first place of a sentence company.
 * Not a person: Parkinson's disease, St Thomas' Hospital, a hospital or road
 * called after somebody, a month.
 */
#include "match/detector.h"

static bool is_capital(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && (t->flags & TOKEN_CAPITAL) && t->kind == TOKEN_WORD;
}

static bool touches(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && t[1].at.beg <= t->at.end + 2 && token_joins(in, i) &&
        !(t[1].flags & (TOKEN_HARD | TOKEN_BREAK));
}

/* What follows says that the name belongs to a thing. */
static bool is_thing_behind(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("disease", "syndrome", "sign", "test", "score", "scale",
            "criteria", "classification", "procedure", "operation", "tube",
            "catheter", "cannula", "body", "bodies", "palsy", "fracture",
            "lymphoma", "sarcoma", "tumour", "tumor", "anaemia", "anemia",
            "reflex", "law", "rule", "index", "method", "stain", "cells",
            "hospital", "hospitals", "infirmary", "ward", "wing", "unit",
            "centre", "center", "foundation", "trust", "institute",
            "university", "college", "school", "medal", "award", "lecture",
            "prize", "house", "street", "road", "lane", "avenue", "park",
            "day", "week", "bridge", "report", "review", "inquiry",
            "scandal", "cannulas", "position", "manoeuvre", "maneuver",
            "bank", "airport", "library", "surgery", "practice", "clinic",
            "pharmacy", "medical", "hospice", "virus", "barr", "variant",
            "phenomenon", "triad", "contracture", "oedema", "edema",
            "stroke", "crisis", "chorea", "esophagus", "oesophagus",
            "drip", "nails", "splint", "forceps", "dressing"));
}

static bool is_thing_before(const struct detect_in *in, uint32_t i)
{
    return i > 0 && token_joins(in, i - 1) &&
        token_in(in, i - 1, WORDS("st", "saint", "mount", "mt", "fort"));
}

static bool is_month_use(const struct detect_in *in, uint32_t i)
{
    double number;
    if (!token_in(in, i, WORDS("april", "may", "june", "august")))
        return false;
    if (token_number(in, i + 1, &number) ||
        (i > 0 && token_number(in, i - 1, &number)))
        return true;
    return i > 0 &&
        (in->text->tokens[i - 1].kind == TOKEN_CODE ||
            token_in(in, i - 1,
                WORDS("in", "since", "last", "this", "of", "until", "next",
                    "early", "late", "mid", "on", "by", "from", "to", "and",
                    "each", "every", "during", "for")));
}

static bool in_eponym(const struct detect_in *in, uint32_t i)
{
    for (uint32_t back = 0; back < 3 && back <= i; back++) {
        const struct hit *h = lexicon_at(in, DETECT_EPONYMS, i - back);
        if (h && h->tok_end > i)
            return true;
    }
    return false;
}

/* "Master Pemberton", not a master class or a master's degree. */
static bool is_young_master(const struct detect_in *in, uint32_t i)
{
    return token_is(in, i, "master") && is_capital(in, i) &&
        token_joins(in, i) && is_capital(in, i + 1) &&
        !(in->text->tokens[i].flags & (TOKEN_CAPS | TOKEN_POSSESSIVE)) &&
        (lexicon_at(in, DETECT_SURNAMES, i + 1) ||
            lexicon_at(in, DETECT_FIRST_NAMES, i + 1) ||
            is_unknown_word(in, i + 1));
}

static bool is_title(const struct detect_in *in, uint32_t i)
{
    return token_in(
               in, i, WORDS("mr", "mrs", "ms", "miss", "mx", "mstr")) ||
        is_young_master(in, i) || lexicon_at(in, DETECT_TITLES, i) != NULL;
}

static bool is_doctor(const struct detect_in *in, uint32_t i)
{
    return token_in(in, i,
        WORDS("dr", "doctor", "prof", "professor", "sister", "matron",
            "nurse"));
}

static bool is_initial(const struct detect_in *in, uint32_t i)
{
    const struct token *t = token_at(in, i);
    return t && t->at.end - t->at.beg == 1 && (t->flags & TOKEN_CAPITAL) &&
        t->kind == TOKEN_WORD;
}

/* A word that may be a surname: of the list, or an unknown capitalised one. */
static bool may_be_surname(const struct detect_in *in, uint32_t i, bool lower)
{
    const struct token *t = token_at(in, i);
    double common = 0;
    if (!t || t->kind != TOKEN_WORD || t->word.len < 2 ||
        is_thing_behind(in, i) || is_title(in, i))
        return false;
    const struct hit *h = lexicon_at(in, DETECT_SURNAMES, i);
    if (h && hit_has(h, FACT_COMMON_WORD, &common) &&
        (!(t->flags & TOKEN_CAPITAL) || (t->flags & TOKEN_CAPS)))
        return false;
    if (h && ((t->flags & TOKEN_CAPITAL) || lower))
        return true;
    return (t->flags & TOKEN_CAPITAL) && !(t->flags & TOKEN_CAPS) &&
        is_unknown_word(in, i);
}

/* "Okoro-Bent": the second half of a double name. */
static uint32_t with_hyphen(const struct detect_in *in, uint32_t end)
{
    const struct token *t = &in->text->tokens[end - 1];
    return token_joins(in, end - 1) && byte_after(in, end - 1) == '-' &&
            t[1].at.beg == t->at.end + 1 && is_capital(in, end)
        ? end + 1
        : end;
}

/* Words in capitals all around: a heading, where case tells nothing. */
static bool is_shouted(const struct detect_in *in, uint32_t i)
{
    uint32_t caps = 0;
    for (uint32_t k = i > 2 ? i - 2 : 0; k <= i + 2; k++) {
        const struct token *t = token_at(in, k);
        caps += t && (t->flags & TOKEN_CAPS);
    }
    return caps >= 3;
}

static void add_person(const struct detect_in *in, struct hits *out,
    uint32_t beg, uint32_t end, bool full, bool titled, bool common)
{
    struct hit *h = hit_tokens(in, out, beg, end);
    if (full)
        hit_add_fact(in, h, FACT_FULL, 1);
    if (titled)
        hit_add_fact(in, h, FACT_TITLED, 1);
    if (common)
        hit_add_fact(in, h, FACT_COMMON_WORD, 1);
}

/* "Mrs Patel", "Mrs P", "Miss Sarah Jones" */
static uint32_t titled(const struct detect_in *in, struct hits *out, uint32_t i)
{
    bool doctor = is_doctor(in, i);
    if ((!is_title(in, i) && !doctor) || !token_joins(in, i) ||
        (in->text->tokens[i + 1].flags & TOKEN_BREAK))
        return 0;
    uint32_t at = i + 1, end;
    bool known = lexicon_at(in, DETECT_FIRST_NAMES, at) ||
        lexicon_at(in, DETECT_SURNAMES, at);
    /* In small letters a listed name will do, and an unknown word that is long
       enough to be no abbreviation. */
    if (!known && !doctor && !is_capital(in, at))
        known = in->text->tokens[at].kind == TOKEN_WORD &&
            in->text->tokens[at].word.len >= 4 && is_unknown_word(in, at);
    if (!(is_capital(in, at) && !is_thing_behind(in, at)) &&
        !(known && !doctor && !token_is(in, i, "master")))
        return 0;
    if (!is_capital(in, at) && token_is(in, i, "miss") &&
        !is_unknown_word(in, at))
        return 0;
    if (is_initial(in, at) && doctor)
        return 0;
    if (is_title(in, at) || is_doctor(in, at))
        return 0;
    end = at + 1;
    if (token_joins(in, at) && touches(in, at) && is_capital(in, end) &&
        (may_be_surname(in, end, false) || is_initial(in, at)) &&
        !is_thing_behind(in, end))
        end++;
    end = with_hyphen(in, end);
    if (is_thing_behind(in, end) && token_joins(in, end - 1))
        return 0;
    uint32_t beg = doctor ? at : i;
    add_person(in, out, beg, end, end - at > 1, true, false);
    if (is_initial(in, at) && end == at + 1)
        hit_add_fact(in, &out->items[out->count - 1], FACT_INITIALS, 1);
    return end;
}

/* "J. Okafor", "A Patel" */
static uint32_t with_initial(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double common = 0;
    const struct hit *h;
    if (!is_initial(in, i) || !touches(in, i) || !is_capital(in, i + 1))
        return 0;
    h = lexicon_at(in, DETECT_SURNAMES, i + 1);
    if (!h || (hit_has(h, FACT_COMMON_WORD, &common)) ||
        (byte_after(in, i) != '.' && token_in(in, i, WORDS("a", "i"))) ||
        is_thing_behind(in, i + 2))
        return 0;
    add_person(in, out, i, i + 2, true, false, false);
    return i + 2;
}

/* "Iris has", "John died": a word that opens its sentence and does what people do;
   not what is said of hope, faith and May. */
static bool does_what_people_do(const struct detect_in *in, uint32_t i)
{
    return token_joins(in, i) &&
        token_in(in, i + 1,
            WORDS("was", "is", "has", "had", "died", "came", "passed", "went",
                "told", "said", "rang", "walked", "wants", "wanted", "asked",
                "sang", "loves", "loved", "and", "finally", "got", "fell",
                "beat", "woke", "never", "still", "who", "you")) &&
        !token_in(in, i,
            WORDS("hope", "faith", "grace", "joy", "patience", "may", "will",
                "mark", "bill", "sue", "pat", "rob", "grant", "chase", "april",
                "june", "summer", "dawn", "autumn", "sunny", "destiny",
                "christian", "merry", "drew", "don", "dean", "gene", "art",
                "honor", "honour", "charity", "justice", "glory", "liberty",
                "angel", "sky", "storm", "rain", "baby", "queen", "king"));
}

/* "back in Paris", "from Orlando": a town of that name. */
static bool is_town_here(const struct detect_in *in, uint32_t i)
{
    return i > 0 && token_joins(in, i - 1) &&
        lexicon_at(in, DETECT_PLACES, i) &&
        token_in(in, i - 1,
            WORDS("in", "from", "at", "near", "around", "outside", "across"));
}

/* "Mill Lane", "Grays Court" */
static bool ends_a_street(const struct detect_in *in, uint32_t i)
{
    return i > 0 && token_joins(in, i - 1) && is_capital(in, i - 1) &&
        token_in(in, i,
            WORDS("lane", "street", "park", "hill", "court", "ward", "heath",
                "wood", "green", "brook", "dale", "moor", "bridge", "cross"));
}

static bool is_used_as_name(
    const struct detect_in *in, uint32_t i, bool common, bool full)
{
    double number;
    /* "Bay 2", "Rose 3": a room, a ward */
    if (common && !full && token_joins(in, i) && touches(in, i) &&
        token_number(in, i + 1, &number))
        return false;
    const struct token *t = &in->text->tokens[i];
    bool capital = (t->flags & TOKEN_CAPITAL) != 0;
    if (!full && (is_town_here(in, i) || ends_a_street(in, i)))
        return false;
    if (is_thing_behind(in, i + 1) && token_joins(in, i) && touches(in, i))
        return false;
    if (is_thing_before(in, i) || in_eponym(in, i) || is_month_use(in, i))
        return false;
    if (!common)
        return t->word.len >= 3 || capital;
    if (t->flags & TOKEN_TAGGED)
        return capital;
    if (!capital || is_shouted(in, i) || (!full && (t->flags & TOKEN_CAPS)))
        return false;
    return full || !(t->flags & TOKEN_FIRST) || does_what_people_do(in, i);
}

/* "Bridie Gallagher": a capitalised word of no list before a listed surname. */
static uint32_t unlisted_first(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    double common = 0;
    const struct hit *h = lexicon_at(in, DETECT_SURNAMES, i + 1);
    const struct token *t = &in->text->tokens[i];
    if (!h || hit_has(h, FACT_COMMON_WORD, &common) || !is_capital(in, i) ||
        !is_capital(in, i + 1) || !touches(in, i) || t->word.len < 3 ||
        (t->flags & (TOKEN_CAPS | TOKEN_POSSESSIVE)) || t->tag != 0 ||
        !is_unknown_word(in, i) || is_thing_behind(in, i + 2) ||
        lexicon_at(in, DETECT_PLACES, i) || in_eponym(in, i + 1))
        return 0;
    add_person(in, out, i, i + 2, true, false, false);
    return i + 2;
}

/* "Thabo M.", "Jaxon R": a surname cut down to its letter; "I" and "A" are
   words unless a dot follows. */
static bool is_cut_surname(const struct detect_in *in, uint32_t i)
{
    return touches(in, i) &&
        !(in->text->tokens[i].flags & TOKEN_POSSESSIVE) &&
        is_initial(in, i + 1) &&
        (byte_after(in, i + 1) == '.' ||
            !token_in(in, i + 1, WORDS("i", "a", "x")));
}

static uint32_t first_name(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    const struct hit *h = lexicon_at(in, DETECT_FIRST_NAMES, i);
    const struct token *t = &in->text->tokens[i];
    double number = 0;
    if (!h || t->kind != TOKEN_WORD)
        return 0;
    bool common = hit_has(h, FACT_COMMON_WORD, &number);
    bool capital = (t->flags & TOKEN_CAPITAL) != 0;
    uint32_t end = h->tok_end;
    bool full = false;
    if (touches(in, end - 1) && !(t->flags & TOKEN_POSSESSIVE) &&
        (capital || !common)) {
        uint32_t at = end;
        /* A middle name or initial. */
        if ((is_initial(in, at) ||
                (lexicon_at(in, DETECT_FIRST_NAMES, at) &&
                    is_capital(in, at))) &&
            touches(in, at) && is_capital(in, at + 1) &&
            may_be_surname(in, at + 1, false))
            at++;
        if (may_be_surname(in, at, !capital && !common) &&
            !(capital && !is_capital(in, at))) {
            full = true;
            end = with_hyphen(in, at + 1);
        }
    }
    if (!full && capital && is_cut_surname(in, end - 1)) {
        full = true;
        end++;
    }
    if (!is_used_as_name(in, i, common, full))
        return 0;
    if (full && is_thing_behind(in, end) && token_joins(in, end - 1))
        return 0;
    add_person(in, out, i, end, full, false,
        common && !(t->flags & TOKEN_FIRST));
    return end;
}

/* "little Thandeka", "our pt Jarrah": an unknown capitalised word behind one that
   names of people in care follow. */
static uint32_t cued_name(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    const struct token *t = &in->text->tokens[i];
    if (i == 0 || !is_capital(in, i) || (t->flags & TOKEN_CAPS) ||
        t->word.len < 3 || t->tag != 0 || !token_joins(in, i - 1) ||
        (t->flags & TOKEN_BREAK) || byte_after(in, i - 1) != ' ' ||
        !token_in(in, i - 1,
            WORDS("little", "wee", "tiny", "baby", "old", "big", "young",
                "poor", "auntie", "aunty",
                "aunt", "uncle", "nana", "nan", "gran", "granny", "grandma",
                "grandad", "mama", "papa", "rip", "patient", "pt", "client",
                "resident", "named", "called", "mum", "mam", "mom", "dad",
                "husband", "wife", "daughter", "son", "brother", "sister",
                "twin", "partner", "carer")) ||
        !is_unknown_word(in, i) || is_thing_behind(in, i + 1) ||
        in_eponym(in, i) || lexicon_at(in, DETECT_PLACES, i))
        return 0;
    if (token_is(in, i - 1, "old") && i > 1 &&
        token_in(in, i - 2,
            WORDS("year", "years", "yr", "yrs", "month", "week", "day")))
        return 0;
    uint32_t end = i + 1;
    bool full = touches(in, i) && !(t->flags & TOKEN_POSSESSIVE) &&
        is_capital(in, end) && may_be_surname(in, end, false);
    end = full ? with_hyphen(in, end + 1) : with_hyphen(in, end);
    add_person(in, out, i, end, full, false, false);
    return end;
}

/* "J.S." of a patient; not U.S., a.m. and the like. */
static uint32_t initials(
    const struct detect_in *in, struct hits *out, uint32_t i)
{
    if (!is_initial(in, i) || !is_initial(in, i + 1) ||
        byte_after(in, i) != '.' || byte_after(in, i + 1) != '.' ||
        in->text->tokens[i + 1].at.beg != in->text->tokens[i].at.end + 1)
        return 0;
    char a = in->text->tokens[i].word.ptr[0];
    char b = in->text->tokens[i + 1].word.ptr[0];
    static const char barred[][2] = {{'u', 's'}, {'u', 'k'}, {'i', 'v'},
        {'i', 'm'}, {'a', 'm'}, {'p', 'm'}, {'e', 'g'}, {'i', 'e'}, {'n', 'b'},
        {'p', 's'}, {'d', 'c'}, {'b', 'p'}, {'m', 'd'}, {'r', 'n'}, {'g', 'p'},
        {'s', 'c'}, {'p', 'o'}, {'o', 'd'}, {'v', 's'}, {'e', 'r'}, {'d', 'o'}};
    for (size_t k = 0; k < PL_COUNT(barred); k++)
        if (barred[k][0] == a && barred[k][1] == b)
            return 0;
    struct hit *h = hit_tokens(in, out, i, i + 2);
    hit_add_fact(in, h, FACT_INITIALS, 1);
    return i + 2;
}

void detect_person(const struct detect_in *in, struct hits *out)
{
    for (uint32_t i = 0; i < in->text->main_count;) {
        uint32_t end = titled(in, out, i);
        if (!end)
            end = with_initial(in, out, i);
        if (!end)
            end = initials(in, out, i);
        if (!end)
            end = first_name(in, out, i);
        if (!end)
            end = unlisted_first(in, out, i);
        if (!end)
            end = cued_name(in, out, i);
        i = end ? end : i + 1;
    }
}
