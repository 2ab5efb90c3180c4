/* What a template declares of its tables: a <csv> with its <column> children → CsvDecl. The schema
 * has judged elements, attributes and fixed words; what it cannot know is told here. */
#ifndef DATA_DECLARE_H
#define DATA_DECLARE_H

#include "data/catalogue.h"
#include "data/store.h"
#include "markup/xml.h"

/* A cell without a value: as the table has it, none, zero, or what the last filled cell above says
 * (of cells that were merged in the sheet, CSV has the first only). */
typedef enum EmptyCell { EMPTY_AS_TABLE, EMPTY_NONE, EMPTY_ZERO, EMPTY_DITTO } EmptyCell;

/* One <column>: it goes before the catalogue, whose limits only warn. */
typedef struct ColumnDecl {
    Indicator said; /* name alias unit kind decimals good min max group numerator denominator */
    bool has_type;
    ColumnType type;
    const char **values; /* all that its cells may say; none: anything */
    int value_count;
    bool required; /* an empty cell is an error */
    EmptyCell empty;
    At at;
} ColumnDecl;

/* False after messages; what could be read is in *out all the same, so that the data can be looked
 * at in the same run. Belongs to the arena. */
bool csv_declare(Arena *arena, const XmlNode *csv, Diags *diags, CsvDecl *out);
/* The declared column of a name or alias, NULL: none. */
const ColumnDecl *column_declared(const CsvDecl *csv, const char *name);

#endif
