/* The raw text of a template, walked beside libxml2, which gives no place of an attribute or of a
 * letter in decoded text. Nothing here judges: on malformed text the walk ends early, it never runs
 * past `end`. All pointers lend the caller's text. */
#ifndef MARKUP_RAW_H
#define MARKUP_RAW_H

#include <stdbool.h>
#include <stddef.h>

struct Arena;
struct XmlMarks;

typedef enum RawKind {
    RAW_TEXT,
    RAW_CDATA,
    RAW_COMMENT,
    RAW_INSTRUCTION,
    RAW_TAG,
    RAW_END
} RawKind;

typedef struct RawPiece {
    RawKind kind;
    const char *start, *end; /* a tag (start, end or DOCTYPE) is only its "<" */
    bool closed;             /* comment, CDATA or instruction has its end mark */
} RawPiece;

/* The piece that begins at `at`. */
RawPiece raw_piece(const char *at, const char *end);

typedef struct RawText {
    const char *start, *end; /* first to last character or CDATA section; NULL if there is none */
} RawText;

/* The next tag's "<" from `at` on (outside comments, CDATA, instructions), or `end`, and the text
 * before it. `text` may be NULL. */
const char *raw_tag(const char *at, const char *end, RawText *text);
/* The end of the name that begins at `at`. */
const char *raw_name_end(const char *at, const char *end);
/* Whether XML's blank (space, tab, CR, LF). */
bool raw_blank(char c);

typedef struct RawAttr {
    const char *name, *name_end;
    const char *value, *value_end; /* between the quotes; NULL where they are missing */
} RawAttr;

/* The attribute at *at, which is moved behind it. False at the tag's end and where the text is no
 * whole attribute; then the parts found so far stand in *attr. */
bool raw_attr(const char **at, const char *end, RawAttr *attr);

/* One character as libxml2 hands it out: an entity, a line end or a plain character. */
typedef struct RawUnit {
    size_t raw;  /* bytes in the text */
    size_t size; /* decoded bytes */
    char bytes[4];
} RawUnit;

typedef enum RawPlace { RAW_IN_TEXT, RAW_IN_CDATA, RAW_IN_VALUE } RawPlace;
RawUnit raw_unit(const char *at, const char *end, RawPlace place);

/* Marks for xml_span in the raw bytes of a text (or, `value`, of an attribute's value) that decode
 * to `length` bytes; NULL when they are few. */
const struct XmlMarks *raw_marks(
    struct Arena *arena, const char *start, const char *end, bool value, size_t length);

/* The value of encoding="…" in the XML declaration; false when there is none. */
bool raw_encoding(const char *text, const char *end, const char **start, const char **stop);
/* The first tag with more than `most` attributes, or NULL. */
const char *raw_crowded_tag(const char *text, const char *end, int most);

#endif
