/* SPDX-License-Identifier: MIT */
/*
 * postlint.h - professional-conduct lint for draft social posts, as a library.
 *
 *     struct pl_error error;
 *     struct pl_rules *rules = pl_rules_new(NULL, &error);
 *     struct pl_scanner *scanner = pl_scanner_new(rules, &error);
 *     struct pl_post post = {.text = text, .text_len = length};
 *     const struct pl_finding *findings;
 *     size_t count;
 *     if (pl_scan(scanner, &post, &findings, &count, &error)) ...
 *     pl_scanner_free(scanner);
 *     pl_rules_free(rules);
 *
 * The library opens no file and no socket, prints nothing, and reads neither
 * clock nor environment: rules, posts and settings are handed in as bytes.
 * (Rules in source form that ask for inflection load hunspell's dictionary.)
 *
 * Texts are UTF-8 and need no NUL at the end; offsets count bytes of the text
 * that was handed in and are half-open. Strings that the library hands out end
 * with a NUL. Null where a pointer is due is a fault of the caller unless said
 * otherwise. Structs may grow at their end: initialise them with {0}.
 *
 * Threads: a pl_rules never changes and may be shared; a pl_scanner and a
 * pl_report belong to one thread at a time.
 */
#ifndef POSTLINT_H
#define POSTLINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PL_API __attribute__((visibility("default")))
#else
#define PL_API
#endif

/* What went wrong: a code word ("bad-utf8", "too-large" ...; command-line
   manual) and a sentence. line and column from 1, 0 where unknown. */
struct pl_error {
    const char *code;
    char message[256];
    uint32_t line, column;
};

PL_API const char *pl_version(void); /* "0.1.0" */

/*
 * A text as it may be shown on a terminal or in a log: control, bidi and other
 * invisible characters, and what build servers obey, as \u{..}. Writes what fits
 * into cap bytes, a NUL behind it (cap 0: nothing); returns the length of all.
 */
PL_API size_t pl_escape(const char *text, size_t len, char *out, size_t cap);

/* ---- rules ------------------------------------------------------------- */

/* name is for messages and may be a path; nothing is opened. */
struct pl_source {
    const char *name, *text;
    size_t len;
};

/* Rules besides the built-in ones: either the files of a folder (pack.yaml,
   rule files, word lists, tables; names relative to the folder), or the bytes
   of one compiled pack, which replaces the built-in rules. */
struct pl_pack {
    const struct pl_source *sources;
    size_t source_count;
    const void *compiled; /* null when sources are given */
    size_t compiled_len;
    /* Null: compiled is copied. Else it is aligned to 8 and stays as it is until
       this is called, by pl_rules_free() or by a pl_rules_new() that fails. */
    void (*release)(const void *compiled, size_t len);
};

/* One problem of a rule file, or an example in it that fails. */
struct pl_problem {
    const char *file;           /* as the source is named; may be null */
    uint32_t line, column, len; /* from 1, in bytes; 0 where unknown */
    const char *code;           /* "unknown-key", "example" */
    bool warning;
    const char *message;
    const char *fix; /* how to mend it; may be "" */
};

struct pl_settings; /* below */

struct pl_rules_options {
    const struct pl_pack *packs; /* later ones lie over earlier ones */
    size_t pack_count;
    bool no_builtin;
    /* Id prefixes ("privacy", "privacy/age"); the most specific wins. */
    const char *const *select, *const *ignore;
    size_t select_count, ignore_count;
    /* Problems of rule files as text, with places; may be null. Called while
       loading; text ends with a line end. */
    void (*problems)(void *ctx, const char *text, size_t len);
    void *problems_ctx;
    bool warnings; /* tell them too where the rules have no error */
    /* The same, one call each, warnings always; may be null. */
    void (*problem)(void *ctx, const struct pl_problem *problem);
    void *problem_ctx;
    /* Levels, locks, allows, words and profile; must outlive the rules; may be
       null. Packs that settings name are for the caller to load. */
    const struct pl_settings *settings;
};

struct pl_rules; /* compiled rules */

/* Null on failure. options may be null: the built-in rules, all of them. What
   options point to is not needed afterwards. */
PL_API struct pl_rules *pl_rules_new(
    const struct pl_rules_options *options, struct pl_error *error);
PL_API void pl_rules_free(struct pl_rules *rules); /* null is fine */

/* The compiled form, to be handed in again as pl_pack.compiled; *bytes is freed
   with free(). */
PL_API bool pl_rules_bytes(const struct pl_rules *rules, void **bytes,
    size_t *len, struct pl_error *error);

struct pl_test_options {
    const char *prefix; /* only rules under this id; null: all */
    bool own;           /* only rules of the packs that were handed in */
    bool list;          /* tell every report, not only errors and counts */
    /* Lines "group kind count": how many reports are known and bear with. More
       than these are failures. Null: reports are none. */
    const char *known;
    size_t known_len;
    /* Told line by line; text ends with a line end. */
    void (*line)(void *ctx, const char *text, size_t len);
    void *ctx;
};

/* Puts the rules to the test that their files hold: examples and guards must be
   judged as they say and no regex may explode; reported are parts that no
   example holds, disguises that slip through, what other rules say of examples
   that should pass, advice that is found fault with, numbers that may be
   somebody's. True if nothing failed. */
PL_API bool pl_rules_test(const struct pl_rules *rules,
    const struct pl_test_options *options, size_t *passed, size_t *failed,
    struct pl_error *error);

/* The same for the rules of one source, by its name; each example that fails is
   a problem. False if the engine failed. */
PL_API bool pl_rules_test_file(const struct pl_rules *rules, const char *file,
    void (*problem)(void *ctx, const struct pl_problem *problem), void *ctx,
    struct pl_error *error);

struct pl_rule {
    const char *id, *summary, *level, *status, *why;
    const char *exempt; /* why its cost is not bounded; empty: it is */
    const char *const *sources, *const *tries, *const *flags, *const *passes;
    size_t source_count, try_count, flag_count, pass_count;
    const char *const *scheme; /* of a combination rule: axes, then levels */
    size_t scheme_count;
    const char *file;
    uint32_t line;
};

/* Facts about the index-th rule; false past the end. Strings last as long as
   the rules. */
PL_API bool pl_rule_at(
    struct pl_rules *rules, size_t index, struct pl_rule *rule);
/* Every spelling of a lexicon, one call each; false if there is none. */
PL_API bool pl_rules_words(const struct pl_rules *rules, const char *lexicon,
    void (*word)(void *ctx, const char *text, size_t len), void *ctx);
/* The cells of a table's row, one call each with the name of their column, as
   text that ends with 0; false if there is no such table or line. */
PL_API bool pl_rules_row(const struct pl_rules *rules, const char *table,
    uint32_t line, void (*cell)(void *ctx, const char *column, const char *text),
    void *ctx);

struct pl_pack_info {
    const char *name, *version, *licence;
    uint64_t hash; /* of the sources */
    size_t rules;
    size_t own; /* those of the packs that were handed in */
};
PL_API void pl_rules_info(
    const struct pl_rules *rules, struct pl_pack_info *info);

/* ---- settings -------------------------------------------------------------- */

enum pl_layer {
    PL_LAYER_USER,    /* the user's own file */
    PL_LAYER_LOCKS,   /* only its `locked` counts: a file further up */
    PL_LAYER_PROJECT  /* .postlint.yaml */
};

struct pl_settings_file {
    const char *name, *text; /* name is for messages; nothing is opened */
    size_t len;
    enum pl_layer layer;
};

struct pl_settings_options {
    const struct pl_settings_file *files; /* the later over the earlier */
    size_t file_count;
    const char *today; /* "2027-01-31"; null: no allow ever expires */
    /* Id prefixes whose findings are accepted, each with a reason. */
    const char *const *allow, *const *reasons;
    size_t allow_count;
    /* As in struct pl_rules_options. */
    void (*problems)(void *ctx, const char *text, size_t len);
    void *problems_ctx;
    void (*problem)(void *ctx, const struct pl_problem *problem);
    void *problem_ctx;
};

/* One value and where it comes from. */
struct pl_setting {
    const char *key, *value, *file;
    uint32_t line;
};

/* Something that was written and does nothing: an allow that is unused or past
   its day, one that is not understood. file null: in the post. */
struct pl_notice {
    const char *code, *file, *message;
    uint32_t line, column;
};

/* Null if a file is wrong; problems are told with places. Shared by threads. */
PL_API struct pl_settings *pl_settings_new(
    const struct pl_settings_options *options, struct pl_error *error);
PL_API void pl_settings_free(struct pl_settings *settings); /* null is fine */
/* What is in force, in the order of the manual; false past the end. */
PL_API bool pl_setting_at(const struct pl_settings *settings, size_t index,
    struct pl_setting *setting);
/* Packs and baseline: paths are relative to the folder of the file. */
PL_API bool pl_settings_pack_at(const struct pl_settings *settings,
    size_t index, struct pl_setting *pack);
PL_API bool pl_settings_baseline(
    const struct pl_settings *settings, struct pl_setting *baseline);
/* Is anything locked? Then --rules, --no-builtin and the like are not for flags. */
PL_API bool pl_settings_locks(const struct pl_settings *settings);
PL_API bool pl_settings_notice_at(const struct pl_settings *settings,
    size_t index, struct pl_notice *notice);
/* The index-th value that a key of the profile knows ("platform", "account");
   null past the end and for a key that takes any. */
PL_API const char *pl_profile_word(const char *key, size_t index);

/* ---- baselines --------------------------------------------------------------- */

/* Findings on record; belongs to one thread. */
struct pl_baseline;
struct pl_scanner;

struct pl_baseline_line {
    const char *rule, *level, *date, *reason;
    uint64_t fingerprint;
};

/* Empty without a text. On failure error has the line. */
PL_API struct pl_baseline *pl_baseline_new(
    const char *text, size_t len, struct pl_error *error);
PL_API void pl_baseline_free(struct pl_baseline *baseline); /* null is fine */
/* Puts the findings of the scanner's last post on record, with the day and the
   reason; one that is there keeps its own. *added, *refused (locked rules) are
   added to. */
PL_API bool pl_baseline_add(struct pl_baseline *baseline,
    struct pl_scanner *scanner, const char *date, const char *reason,
    size_t *added, size_t *refused, struct pl_error *error);
/* Marks what is on record of the scanner's last post. */
PL_API void pl_baseline_mark(
    struct pl_baseline *baseline, const struct pl_scanner *scanner);
/* Drops lines that fitted no finding since it was read; how many. */
PL_API size_t pl_baseline_prune(struct pl_baseline *baseline);
PL_API bool pl_baseline_at(const struct pl_baseline *baseline, size_t index,
    struct pl_baseline_line *line);
/* As a file; freed with free(). */
PL_API bool pl_baseline_text(const struct pl_baseline *baseline, char **text,
    size_t *len, struct pl_error *error);

/* ---- posts --------------------------------------------------------------- */

struct pl_range { /* bytes, half open */
    size_t beg, end;
};

enum pl_level { PL_NOTE = 1, PL_WARNING = 2, PL_ERROR = 3, PL_NEVER = 4 };

/* Members may be null (or 0) where nothing is known. */
struct pl_post {
    const char *name; /* of the file, for reports; "-" for standard input */
    const char *text;
    size_t text_len;
    const char *alt; /* alt text of a picture that goes with the post */
    size_t alt_len;
    const char *locale, *jurisdiction, *platform, *profession, *account;
    const char *reply_to; /* whom it answers; "none" is no answer */
    const char *input;    /* text (default), markdown, html, thread */
    bool media;           /* a picture goes with it */
    /* Not null: the post is judged as a whole, and told is what has its anchor
       or any evidence in these parts of the text (say, lines just added). */
    const struct pl_range *only;
    size_t only_count;
    const struct pl_part *part; /* set by pl_file_at() alone */
    /* Where it lies below the folder of the settings, for their paths; null:
       name. */
    const char *path;
    /* Lowest level that fails; 0: what settings say of the path, or warning. */
    enum pl_level fail_on;
};

/* Another place that a finding rests on: a detail of a combination. */
struct pl_related {
    const char *field;
    size_t byte_beg, byte_end;
    const char *label; /* "place (4 points)" */
};

struct pl_edit { /* replaces these bytes of the field */
    const char *field;
    size_t byte_beg, byte_end;
    const char *text;
};

/* Edits that are applied together, and only when the author asks. A replacement
   that would have to show what a masked report hides is not offered. */
struct pl_fix {
    const struct pl_edit *edits;
    size_t edit_count;
    bool wording; /* one of tries in place of what was found; else the rule's
                     own edit */
    bool safe;    /* keeps the meaning: may be applied with others at once */
};

struct pl_finding {
    const char *rule;    /* "privacy/age/over-89" */
    enum pl_level level;
    const char *field;   /* "text" or "alt" */
    size_t byte_beg, byte_end;   /* in that field */
    size_t utf16_beg, utf16_end; /* the same, in UTF-16 code units */
    uint32_t line, column;       /* from 1; column in code points */
    const char *message; /* masked unless the scanner shows all */
    const char *why;
    const char *const *tries; /* safer wording */
    size_t try_count;
    bool support; /* for the author alone: not to be counted or stored */
    uint64_t fingerprint; /* holds no guessable value */
    const struct pl_related *related;
    size_t related_count;
    const struct pl_fix *fixes;
    size_t fix_count;
    const char *summary; /* of the rule */
    const char *const *sources; /* "GMC, Good medical practice (2024)" */
    size_t source_count;
    bool locked; /* by settings: told whatever lowest level is asked for */
    bool masked; /* what was found is never to be shown or stored */
};

struct pl_scanner; /* working memory of one thread */

PL_API struct pl_scanner *pl_scanner_new(
    const struct pl_rules *rules, struct pl_error *error);
PL_API void pl_scanner_free(struct pl_scanner *scanner); /* null is fine */

struct pl_scan_options {
    bool show_matches; /* messages with the author's words: for a screen */
    bool guides;       /* positive guides where nothing serious was found */
    bool no_gate;      /* judge every rule; for tests of the gate */
    /* What judging one rule saw, step by step; null id: off. */
    const char *trace_rule;
    void (*trace)(void *ctx, const char *text, size_t len);
    void *trace_ctx;
    struct pl_baseline *baseline; /* what is on record is not told; may be null */
    /* Measures what rules cost; null: nothing is measured. */
    uint64_t (*clock)(void);
};
PL_API bool pl_scanner_set(struct pl_scanner *scanner,
    const struct pl_scan_options *options, struct pl_error *error);

/*
 * Judges a post. On success *findings points to *count findings in the order of
 * the text; they belong to the scanner and last until its next scan. On failure
 * (bad UTF-8, a limit was hit) they are what could be told so far, perhaps
 * nothing.
 */
PL_API bool pl_scan(struct pl_scanner *scanner, const struct pl_post *post,
    const struct pl_finding **findings, size_t *count,
    struct pl_error *error);

/* Of the last scan: how many rules were on, and whether most words are in no
   English list (the rules are English). */
PL_API size_t pl_scan_rules(const struct pl_scanner *scanner);
PL_API bool pl_scan_foreign(const struct pl_scanner *scanner);
/* Notices about the last post, in its order; false past the end. */
PL_API bool pl_scan_notice_at(
    struct pl_scanner *scanner, size_t index, struct pl_notice *notice);
/* Allows of settings and flags that have accepted nothing since the scanner was
   made. flags: only those of flags. */
PL_API bool pl_scanner_unused_at(struct pl_scanner *scanner, bool flags,
    size_t index, struct pl_notice *notice);

/* Since the scanner was told the clock: of how many posts the index-th rule was
   a candidate (the gate let it through), and the ticks spent on them. False
   past the end, or without a clock. */
PL_API bool pl_scan_cost(const struct pl_scanner *scanner, size_t index,
    uint64_t *posts, uint64_t *ticks);

/* ---- places ----------------------------------------------------------------- */

enum pl_unit { PL_BYTES, PL_UTF16, PL_POINTS };

/* Where the lines of a text begin; one ends with LF, CRLF or a lone CR. Null
   where memory ran out. The text is not copied and must last as long. */
struct pl_lines;
PL_API struct pl_lines *pl_lines_new(const char *text, size_t len);
PL_API void pl_lines_free(struct pl_lines *lines); /* null is fine */
/* Line and column from 1 of a byte; behind the end of the text is its end. */
PL_API void pl_lines_place(const struct pl_lines *lines, size_t byte,
    enum pl_unit unit, uint32_t *line, uint32_t *column);
/* The byte of a line and column from 1: behind the end of a line is its end, and
   behind the last line that of the text. No character is cut. */
PL_API size_t pl_lines_byte(const struct pl_lines *lines, uint32_t line,
    uint32_t column, enum pl_unit unit);

/* ---- patches --------------------------------------------------------------- */

/* One file that a patch of git makes. */
struct pl_patch_file {
    const char *name; /* in the repository */
    const char *text; /* the whole new text */
    size_t text_len;
    const struct pl_range *added; /* its new lines, as pl_post.only wants them */
    size_t added_count;
    bool binary; /* git takes it for binary and shows no text */
};

struct pl_patch;

/* Reads what git diff --unified=2147483647 writes. Null, with the patch's line,
   if it is broken or does not show its files as a whole. Links, submodules, and
   files that were deleted or only renamed are left out. */
PL_API struct pl_patch *pl_patch_new(
    const char *bytes, size_t len, struct pl_error *error);
PL_API void pl_patch_free(struct pl_patch *patch); /* null is fine */
/* The index-th file; false past the end. What it points to lasts as long as the
   patch. */
PL_API bool pl_patch_at(
    const struct pl_patch *patch, size_t index, struct pl_patch_file *file);

/* ---- files ----------------------------------------------------------------- */

/* A file of one post or, in json, jsonl and csv, of many. Places of findings
   count in the file, escapes and quotes and all. */
struct pl_file_options {
    const char *name, *text;
    size_t text_len;
    /* Null: by the ending of the name; text where that says nothing. */
    const char *input;
    const char *text_field, *id_field; /* keys or columns; null: text, id */
};

struct pl_file;

/* The index-th input format: its name, what it is and the endings it is known
   by (".md .markdown"); false past the end. */
PL_API bool pl_input_at(size_t index, const char **name, const char **about,
    const char **endings);
/* Copies the text. Null if it is not UTF-8 or no post can be told apart; code
   "no-posts" if it is a file of records and none has the text field. */
PL_API struct pl_file *pl_file_new(
    const struct pl_file_options *options, struct pl_error *error);
PL_API void pl_file_free(struct pl_file *file); /* null is fine */
/* The index-th post, to be scanned while the file lives; its profile is what the
   record says of it. False past the end. A record that cannot be read has
   *error set (code not null) and no post. */
PL_API bool pl_file_at(const struct pl_file *file, size_t index,
    struct pl_post *post, struct pl_error *error);

/* ---- reports --------------------------------------------------------------- */

enum pl_show { PL_SHOW_MASKED, PL_SHOW_FULL, PL_SHOW_NONE };

struct pl_report_options {
    enum pl_show show;
    bool colour;
    uint32_t width; /* of the terminal, 0 unknown */
    enum pl_level least; /* lowest level shown; 0 is PL_NOTE. What is locked is
                            shown whatever its level */
    /* Lowest level that fails a check, for formats that tell; 0 is PL_WARNING,
       PL_NEVER none. */
    enum pl_level fail_on;
};

struct pl_report;

/* The index-th format: name and what it is; false past the end. */
PL_API bool pl_format_at(
    size_t index, const char **name, const char **about);
/* Null if the format is unknown. */
PL_API struct pl_report *pl_report_new(const struct pl_rules *rules,
    const char *format, const struct pl_report_options *options,
    struct pl_error *error);
/* What was told of a post; support is neither counted nor told of. */
struct pl_told {
    enum pl_level worst; /* highest level, 0 if none */
    size_t count;
    bool fails; /* something at or above what fails (pl_post.fail_on) */
    size_t allowed, known; /* not told: accepted, on record */
};

/* Adds the scanner's last post, or without a scanner one that could not be read;
   error and told may be null. */
PL_API bool pl_report_add(struct pl_report *report,
    struct pl_scanner *scanner, const char *name,
    const struct pl_error *error, struct pl_told *told);
PL_API bool pl_report_end(struct pl_report *report);
/* What has been written since the last take; lasts until the next call. */
PL_API const char *pl_report_take(struct pl_report *report, size_t *len);
PL_API void pl_report_free(struct pl_report *report); /* null is fine */

/*
 * The last scan as one line of the batch contract, without the line end, behind
 * what was appended before; id is a JSON value. The text lasts until the
 * scanner's next call.
 */
PL_API const char *pl_scan_record(struct pl_scanner *scanner, const char *id,
    size_t id_len, const struct pl_error *error, enum pl_level least,
    size_t *len, struct pl_told *told);

#ifdef __cplusplus
}
#endif
#endif
