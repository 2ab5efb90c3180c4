/* The template while its paper is that of one unit (language.md 7: --each). */
#include "template/template_tree.h"
#include "template/text_file.h"

typedef struct UnitHold {
    Template before;
    const struct TextHold *texts;
} UnitHold;

void template_enter_unit(Template *t, Arena *arena, size_t place, size_t number, long serial)
{
    UnitHold *hold = ARENA_NEW(arena, UnitHold);
    *hold = (UnitHold){*t, text_files_hold(t, arena)};
    t->hold = hold;
    t->arena = arena;
    engine_enter_unit(t->engine, arena, place, number, serial);
}

void template_leave_unit(Template *t)
{
    const UnitHold *hold = t->hold;
    engine_leave_unit(t->engine);
    text_files_return(hold->texts);
    *t = hold->before;
}
