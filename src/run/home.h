/* Where the program's own files are: fonts and templates. $WENYIN_HOME, else beside the program (a
 * build in its source tree), else PREFIX/share/wenyin of `make install`. */
#ifndef RUN_HOME_H
#define RUN_HOME_H

#include "base/arena.h"

/* The folder with the font files; where none is found, the place where it was looked for last. */
const char *home_fonts(Arena *arena);
/* The same of the folder that `wenyin new` copies. */
const char *home_beginning(Arena *arena);

#endif
