/* Inside of the font module, shared by font*.c and shape.c only: the files behind the roles,
 * which file sets which character, ink measured from outlines. Library types are named here by
 * their struct tags, so that this header needs no library header. */
#ifndef TYPESET_FONT_INTERNAL_H
#define TYPESET_FONT_INTERNAL_H

#include <stddef.h>
#include "typeset/font.h"

struct hb_set_t;

typedef enum FontFile {
    FILE_FANG,
    FILE_SONG_BOLD,
    FILE_HEI,
    FILE_KAI,
    FILE_SONG,
    FILE_LATIN,
    FILE_SONG_RARE,
    FILE_SONG_RARE_BOLD,
    FILE_HEI_RARE,
    FILE_SERIF,
    FILE_SERIF_BOLD,
    FILE_SANS,
    FILE_COUNT
} FontFile;

enum {
    CHAIN_LENGTH = 3,
    OFFICE_FONTS = 16, /* files of the office's own, in all */
    FONT_SLOTS = FILE_COUNT + OFFICE_FONTS,
    FONT_EM = 1 << 16 /* ink is measured in 1/65536 em */
};

typedef struct FontFileRow {
    const char *name; /* in the fonts folder */
    const char *face; /* PostScript name of the face in a collection, else NULL */
} FontFileRow;

typedef struct RoleRow {
    const char *chinese, *english;
    FontFile chain[CHAIN_LENGTH]; /* Han and marks */
    FontFile digits;              /* numbers without letters: must be half an em wide */
    bool bold;                    /* the office's own face or none: chain and digits are … */
    Role plain;                   /* … those of this role */
} RoleRow;

extern const FontFileRow FONT_FILES[FILE_COUNT];
extern const RoleRow FONT_ROLES[ROLE_COUNT];

enum { CHAR_BLOCKS = 0x1100 };

/* A set of Unicode characters: 256 to a block, blocks made when first needed; NULL: empty. */
typedef struct CharSet {
    uint8_t **blocks;
} CharSet;

typedef struct Ink {
    int left, right; /* blank beside the ink within the advance, 1/65536 em */
    int centre;      /* height of the ink's middle above the baseline */
    int top, bottom; /* of the ink, upwards from the baseline */
} Ink;

enum { INK_SLOTS = 256 };

/* Measured ink, by glyph. */
typedef struct InkSlot {
    uint32_t glyph;
    int8_t file;
    bool taken, found;
    Ink ink;
} InkSlot;

typedef enum FontState { FONT_UNTRIED, FONT_OPEN, FONT_ABSENT } FontState;

typedef struct Font {
    FontFile file;
    const char *path; /* the office's own: where it lies; NULL: in the fonts folder */
    At at;            /* … and where that is said, … */
    unsigned paper;   /* … in this paper */
    FontState state;
    struct hb_face_t *face; /* the whole font, mapped */
    struct hb_font_t *outlines;
    CharSet known, present; /* asked, and the font has it */
    CharSet needed;
    bool grown;       /* since the last cut */
    int index;        /* place in fonts_list, -1: never cut */
    const char *name; /* PostScript name */
    struct hb_face_t *rest; /* tables that are the same in every cut; NULL: none made yet */
    struct hb_blob_t *cut;
    int descriptor;             /* of the unnamed file with the cut font */
    struct _PangoFont *shaping; /* of the cut font, at one size for all */
    int shift; /* raises the glyphs so that Han stand centred (engine.md 1.4), 1/65536 em */
    bool calibrated;
} Font;

/* One character of a text and the file that sets it. */
typedef struct FontChar {
    uint32_t code;
    int start; /* byte offset */
    uint8_t role, kind;
    int8_t file; /* FontFile, -1: none */
} FontChar;

/* The files to be tried for a character, best first. */
typedef struct FontTries {
    int8_t files[4 * OFFICE_FONTS + CHAIN_LENGTH + 5];
    int count;
} FontTries;

typedef enum FontKind { KIND_WIDE, KIND_NUMBER, KIND_LATIN, KIND_BLANK, KIND_AMBIGUOUS } FontKind;

enum { LACKING_SHOWN = 12 };

/* How a role is set in this run. */
typedef struct RoleChain {
    FontTries tries[KIND_AMBIGUOUS]; /* by kind; KIND_BLANK: spaces among numbers */
    int own;                         /* the first so many of tries[KIND_WIDE] are the office's */
    bool strict;                     /* … and must all be there */
    bool told;                       /* that a bold face is wanted and there is none */
    CharSet lacked;                  /* what the office's own files lack, … */
    uint32_t lacking[LACKING_SHOWN]; /* … and the first of it that nothing was said of yet */
    int lacking_count;
    At lacking_at;
} RoleChain;

struct FontSet {
    Arena *kept;  /* of what serves all papers, this too */
    Arena *arena; /* of the paper in hand */
    Diags *diags;
    unsigned paper; /* its number */
    bool styled;    /* fonts_style was called for it */
    const char *directory;
    Font *fonts[FONT_SLOTS];
    int font_count; /* FILE_COUNT and the office's own */
    RoleChain chains[ROLE_COUNT];
    CharSet foreseen; /* characters of papers to come */
    bool damaged; /* a file was told to be: characters missing now say nothing of the text */
    int cut_count;
    Font *cut[FONT_SLOTS]; /* in the order of fonts_list */
    FontChar *chars;       /* scratch of the text in hand */
    int char_capacity;
    InkSlot inks[INK_SLOTS];
    struct hb_blob_t **old_blobs; /* of earlier cuts: pages may still use their bytes */
    size_t old_count, old_capacity;
    struct _FcConfig *config;
    bool mapped; /* … is of the fonts as they are cut */
    struct _PangoFontMap *map;
    struct _PangoContext *context;
};

bool charset_has(const CharSet *set, uint32_t code);
void charset_clear(CharSet *set);
bool charset_add(Arena *arena, CharSet *set, uint32_t code); /* true when it is new */

/* Maps the file; false when it is not there or cannot be read (reported only by callers). */
bool font_load(FontSet *fonts, FontFile file);
bool font_has(FontSet *fonts, FontFile file, uint32_t code);
/* Path of a font file, in the arena; and its bare name. */
const char *font_path(const FontSet *fonts, FontFile file);
const char *font_file_name(const FontSet *fonts, FontFile file);
const char *font_role_name(const FontSet *fonts, Role role);
/* One that no file stands behind yet. */
Font *font_new(FontSet *fonts);
/* Settles the chains of all roles; `style` may be NULL. */
void font_chains(FontSet *fonts, const DocStyle *style);
/* The characters that the office's own files lack and others set: told once each. */
void font_tell_lacking(FontSet *fonts);

/* Scratch for at least `count` characters. */
FontChar *font_chars(FontSet *fonts, int count);
/* Settles `kind` of every character from its neighbours (engine.md 1.3). */
void font_kinds(FontChar *chars, int count);
/* Settles `file` of every character among what was needed and cut; reports what was not, since it
 * would be lost. */
void font_choose(FontSet *fonts, FontChar *chars, int count);
/* Notes the characters of a text; kinds must be settled. Reports those that no file has. */
bool font_need_chars(FontSet *fonts, FontChar *chars, int count, const At *at);

/* The character as typeset: a space for any blank, 0 for what is not set at all (zero width, byte
 * order mark). */
uint32_t font_typeset_code(uint32_t code);

/* The cut font for Pango, 64 pt large, so that what it measures is in 1/65536 em (FONT_EM).
 * Nothing is hinted or rounded, so sizes only scale, and one font for each file saves a
 * fontconfig match for each size. NULL after a message. */
struct _PangoFont *font_pango(FontSet *fonts, FontFile file);
/* Ink of a glyph; measured once. False when it has none. */
bool font_ink(FontSet *fonts, FontFile file, uint32_t glyph, Ink *ink);
int font_shift(FontSet *fonts, FontFile file);
/* The CFF table with the outlines of `glyphs` only, ids kept. NULL when the font has none, or has
 * subroutines. */
struct hb_blob_t *font_cut_cff(struct hb_face_t *face, const struct hb_set_t *glyphs);
/* Ends the map that Pango's fonts come from. */
void font_end_map(FontSet *fonts);
/* Ends what fonts_cut made of the fonts from slot `first` on. Their bytes stay (font_let_go). */
void font_uncut(FontSet *fonts, int first);
/* Ends the bytes of earlier cuts, which pages may have used. */
void font_let_go(FontSet *fonts);
/* Forgets the office's own files when the paper names others: what a set may hold is bounded, and
 * must not depend on the papers before. */
void font_forget_own(FontSet *fonts, const DocStyle *style);

#endif
