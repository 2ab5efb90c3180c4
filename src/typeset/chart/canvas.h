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
    bool some_unlabelled; /* the caption says so */
    bool tabulated;       /* values stand in a table below the axis */
    DiagCode fault;       /* why drawing failed: reported once, by chart.c */
    const char *fault_text;
} Canvas;

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

/* Adds a text with its em box in `box`; it becomes an obstacle for later ones. */
void canvas_label(Canvas *canvas, const TextStyle *style, const char *text, Box box, TextEnd end);
/* The same for a value: on a white ground. */
void canvas_value(Canvas *canvas, const TextStyle *style, const char *text, Box box);
/* Ends the line of reading after the text added last. */
void canvas_end_line(Canvas *canvas);
void canvas_obstacle(Canvas *canvas, Box box);
void canvas_stroke(Canvas *canvas, Point from, Point to);
/* True when a text could stand there: inside `room`, touching no text, obstacle or stroke. */
bool canvas_is_free(const Canvas *canvas, const Box *box, const Box *room);
/* Puts all texts onto the page. */
void canvas_finish(Canvas *canvas);

/* Notes why the chart cannot be drawn; returns false. */
bool canvas_fail(Canvas *canvas, DiagCode fault, const char *text);

/* Drawing. */
void canvas_rule(Canvas *canvas, Box box, Color color);
Shape *canvas_shape(Canvas *canvas); /* holds until the next mark */
void path_circle(Arena *arena, Path *path, Point centre, Length radius);
/* Continues a path along a circle, clockwise from `start` to `end` (radians, 0 at 12 o'clock). */
void path_arc(Arena *arena, Path *path, Point centre, double radius, double start, double end);
Point circle_point(Point centre, double radius, double angle);
Length round_length(double value);

#endif
