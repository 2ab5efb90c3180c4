/* A 核对单 of before, read back from its CSV: ours, or saved anew by Excel or WPS (GBK, other
 * quotes). Belongs to the arena. */
#ifndef RUN_OLD_SHEET_H
#define RUN_OLD_SHEET_H

#include "check/against.h"

typedef struct OldSheet {
    OldRow *rows;
    size_t count, capacity;
    const char *period; /* 2024年5月; "" */
    const char *paper;  /* 工作汇报.xml; "": it does not say */
} OldSheet;

/* False after a message: unreadable, no 核对单, or not whole. */
bool old_sheet_read(Arena *arena, const char *path, Diags *diags, OldSheet *out);

#endif
