/* SPDX-License-Identifier: MIT */
/* taxon.c - the taxonomy. */
#include "rules/taxon.h"

#include "base/attr.h"

static const struct taxon taxa[] = {
#define X(group, name, about) {#group "/" #name, about},
#include "rules/taxon.def"
#undef X
};

const struct taxon *taxon_at(size_t index)
{
    return index < PL_COUNT(taxa) ? &taxa[index] : NULL;
}

const struct taxon *taxon_find(struct str group_name)
{
    for (size_t i = 0; i < PL_COUNT(taxa); i++)
        if (str_eqz(group_name, taxa[i].group_name))
            return &taxa[i];
    return NULL;
}

static bool is_below(struct str id, struct str prefix)
{
    return str_starts(id, prefix) &&
        (id.len == prefix.len || id.ptr[prefix.len] == '/');
}

bool taxon_covers(struct str prefix)
{
    for (size_t i = 0; i < PL_COUNT(taxa); i++)
        if (is_below(str_of(taxa[i].group_name), prefix))
            return true;
    return false;
}

const struct taxon *taxon_guess(struct str group_name)
{
    const struct taxon *best = NULL;
    unsigned least = 5;
    for (size_t i = 0; i < PL_COUNT(taxa); i++) {
        unsigned distance =
            str_distance(group_name, str_of(taxa[i].group_name), 4);
        if (distance < least) {
            least = distance;
            best = &taxa[i];
        }
    }
    return best;
}
