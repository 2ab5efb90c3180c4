/* Papers bound to one volume (language.md 8): their pages one after the other, and how these count.
 * All that is appended was typeset with one set of fonts. */
#ifndef TYPESET_VOLUME_H
#define TYPESET_VOLUME_H

#include "typeset/pages.h"

/* How the pages of the body count: all of them through (通编), or those of each part (分编). */
typedef struct VolumeCount {
    bool by_parts;
    int part;     /* 分编: the part in hand, from 1; 0: none yet */
    bool between; /* 分编: dividers are of no part, and have no number */
    int page;     /* pages counted so far */
} VolumeCount;

/* A part, another paper of it, or a divider begins, on an odd page: behind a blank one where that
 * is needed, which counts with what stands before it. */
void volume_begin_part(Pages *body, VolumeCount *count);
void volume_begin_paper(Pages *body, VolumeCount *count);
void volume_begin_divider(Pages *body, VolumeCount *count);
/* What stands before the numbers of the part in hand: 3-, or NULL. In the arena. */
const char *volume_prefix(Arena *arena, const VolumeCount *count);
/* Appends the pages of a paper, whose marks, tags and images become those of the volume; bookmarks
 * come `levels` below their own. Pages without a printed number count all the same. */
void volume_append(Pages *body, VolumeCount *count, const Pages *paper, int levels);
/* The same without a count: cover, contents, and the body behind them. */
void volume_join(Pages *volume, const Pages *pages, int levels);
/* A blank page where the next one would be even. */
void volume_pad(Pages *volume);

#endif
