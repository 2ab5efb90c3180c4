/* What a chart is drawn on: its frame, the texts set so far and what no text may touch. Texts are
 * collected first and go to the page last, above all shapes, in the order in which they were added:
 * that is the order of reading. */
#ifndef TYPESET_CHART_CANVAS_H
#define TYPESET_CHART_CANVAS_H

#include "typeset/text.h"

typedef struct Box {
    Length left, top, right, bottom;
} Box;

/* A straight stroke that texts keep away from. */
typedef struct Stroke {
    Point from, to;
} Stroke;

typedef struct Label {
    const char *text;
    TextStyle style;
    Box box;
    bool backed; /* on a white ground, so that grid lines do not cross it */
    bool on_bar; /* it stands within a bar */
    TextEnd end;
} Label;

typedef struct Canvas {
    Typesetter *ts;
    Page *page;
    const DocChart *chart;
    Box frame; /* nothing of the chart leaves it */
    Label *labels;
    size_t label_count, label_capacity;
    Box *obstacles;
    size_t obstacle_count, obstacle_capacity;
    Stroke *strokes;
    size_t stroke_count, stroke_capacity;
    bool some_unlabelled;   /* the caption says so … */
    bool any_labelled;      /* … of some values, or that there are none */
    bool tabulated;         /* values stand in a table below the axis, 条形: right of it */
    const char *right_unit; /* 组合: of the second axis, at the right end of the head; or NULL */
    bool apart;             /* 组合: the bars stay below, the lines run above them */
    bool legend_aside;      /* the legend stands right of the plot */
    DiagCode fault;         /* why drawing failed: reported once, by chart.c */
    const char *fault_text;
} Canvas;

enum { CANVAS_BAR_MARGIN = LENGTH_PT(2) }; /* from a text to the edges of the bar it stands on */

extern const Color BLACK, WHITE, GRID_GREY;

/* Names as they are drawn: one that is missing is empty. */
const char *category_name(const DocChart *chart, int category);
const char *series_name(const DocChart *chart, int series);

TextStyle label_style(Length size); /* 宋体, the face of all figures and names in a chart */

Length box_width(const Box *box);
Length box_height(const Box *box);
bool boxes_meet(const Box *a, const Box *b);
/* The box of one line of text: `align` says what x is. */
Box text_box(
    Typesetter *ts, const TextStyle *style, const char *text, Length x, Length top, Align align);

/* The box moved sideways into the frame. */
Box canvas_inward(const Canvas *canvas, Box box);

/* Adds a text with its em box in `box`; it becomes an obstacle for later ones. */
void canvas_label(Canvas *canvas, const TextStyle *style, const char *text, Box box, TextEnd end);
/* The same for a value: on a white ground. */
void canvas_value(Canvas *canvas, const TextStyle *style, const char *text, Box box);
/* The same for one that stands within a bar, CANVAS_BAR_MARGIN from its edges. */
void canvas_value_on_bar(Canvas *canvas, const TextStyle *style, const char *text, Box box);
/* Ends the line of reading after the text added last. */
void canvas_end_line(Canvas *canvas);
void canvas_obstacle(Canvas *canvas, Box box);
void canvas_stroke(Canvas *canvas, Point from, Point to);
/* True when a text could stand there: inside `room`, touching no text, obstacle or stroke. */
bool canvas_is_free(const Canvas *canvas, const Box *box, const Box *room);
/* The same for a text within a bar, which is an obstacle only to others. */
bool canvas_is_free_on_bar(const Canvas *canvas, const Box *box, const Box *bar);
/* Puts all texts onto the page. */
void canvas_finish(Canvas *canvas);

/* For those who cannot see it: what `chart` shows was drawn by the marks from `first` on, down to
 * `bottom`. A chart without alt says nothing. */
void canvas_note_figure(const Canvas *canvas, const DocChart *chart, size_t first, Length bottom);
/* Notes why the chart cannot be drawn; returns false. */
bool canvas_fail(Canvas *canvas, DiagCode fault, const char *text);

/* Drawing. */
void canvas_rule(Canvas *canvas, Box box, Color color);
Shape *canvas_shape(Canvas *canvas); /* holds until the next mark */
void path_circle(Arena *arena, Path *path, Point centre, Length radius);
/* Continues a path along a circle from `start` to `end` (radians clockwise from 12 o'clock): back
 * when `end` is less. */
void path_arc(Arena *arena, Path *path, Point centre, double radius, double start, double end);
Point circle_point(Point centre, double radius, double angle);
Length round_length(double value);

#endif
