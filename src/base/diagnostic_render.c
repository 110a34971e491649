/* Messages as people read them: head, source lines, carets under the labelled places, labels, notes, helps.
 */
/* SPDX-License-Identifier: MIT */
#include "base/diagnostic.h"

#include <string.h>

enum { LABELS_SHOWN = 16, LINE_MOST = 120, LINE_BEFORE = 40, ROW_MOST = LINE_MOST + 8 };

#define BOLD   "\033[1m"
#define RED    "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BLUE   "\033[1;34m"
#define CYAN   "\033[1;36m"
#define PLAIN  "\033[0m"

typedef struct renderer {
    const diagnostics *d;
    text *out;
    bool colour;
    const char *accent; /* the colour of carets */
    size_t width;       /* of the line numbers */
} renderer;

/* A label on its line: columns from 0 in characters, `end` after the last one. */
typedef struct place {
    uint32_t source;
    size_t line, line_begin, line_end; /* line from 1, its bytes without the line break */
    size_t begin, end;
    const char *text;
} place;

/* ---- characters ---- */

/* The bytes of the UTF-8 character at s; 1 and U+FFFD for a byte that is none. */
static size_t decode(const char *s, size_t length, uint32_t *code) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char c = (unsigned char)s[0];
    size_t size = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 0;
    *code = 0xFFFD;
    if (size == 0 || size > length || c > 0xF4)
        return 1;
    uint32_t value = size == 1 ? c : c & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | ((unsigned char)s[i] & 0x3F);
    }
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return 1;
    *code = value;
    return size;
}

/* Controls, and what reverses or hides the text around it. */
static bool is_harmful(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD;
}

/* Appends at most `most` characters, each harmless and one column wide; white space becomes a blank. */
static void append_safe(text *out, const char *s, size_t length, size_t most) {
    size_t i = 0;
    for (size_t n = 0; i < length && n < most; n++) {
        uint32_t code;
        size_t size = decode(s + i, length - i, &code);
        if (code == '\t' || code == '\n' || code == '\r')
            text_append_char(out, ' ');
        else if (is_harmful(code))
            text_append(out, "\xEF\xBF\xBD");
        else
            text_append_bytes(out, s + i, size);
        i += size;
    }
}

static void append_words(text *out, const char *s) {
    append_safe(out, s, strlen(s), SIZE_MAX);
}

static void paint(const renderer *r, const char *code) {
    if (r->colour)
        text_append(r->out, code);
}

/* ---- places ---- */

/* The characters that begin in the first `bytes` bytes of s, or (whole) that end there. */
static size_t count_characters(const char *s, size_t length, size_t bytes, bool whole) {
    size_t count = 0;
    for (size_t i = 0; i < bytes && i < length; count++) {
        uint32_t code;
        i += decode(s + i, length - i, &code);
        if (whole && i > bytes)
            break;
    }
    return count;
}

/* The line that holds a byte: its number and its bytes, a byte order mark and the line break left out. */
static void find_line(const diagnostic_source *s, size_t byte, place *p) {
    p->line = 1;
    p->line_begin = 0;
    if (s->length >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0)
        p->line_begin = 3;
    for (size_t i = 0; i < byte; i++)
        if (s->text[i] == '\n') {
            p->line++;
            p->line_begin = i + 1;
        }
    size_t end = p->line_begin;
    while (end < s->length && s->text[end] != '\n')
        end++;
    if (end > p->line_begin && s->text[end - 1] == '\r')
        end--;
    p->line_end = end;
}

static size_t column_of(const diagnostic_source *s, const place *p, size_t byte) {
    size_t into = byte > p->line_begin ? byte - p->line_begin : 0;
    return count_characters(s->text + p->line_begin, p->line_end - p->line_begin, into, true);
}

void source_position(const diagnostic_source *source, size_t byte, size_t *line, size_t *column) {
    place p;
    if (byte > source->length)
        byte = source->length;
    find_line(source, byte, &p);
    *line = p.line;
    *column = column_of(source, &p, byte) + 1;
}

static bool find_place(const diagnostics *d, const diagnostic_label *label, place *p) {
    if (label->where.source >= d->sources.count)
        return false;
    const diagnostic_source *s = &d->sources.at[label->where.source];
    size_t begin = label->where.begin, end = label->where.end;
    if (begin >= s->length) {
        /* The end of the input is shown after its last line that holds something. */
        begin = s->length;
        while (begin > 0 && (s->text[begin - 1] == '\n' || s->text[begin - 1] == '\r'))
            begin--;
    }
    find_line(s, begin, p);
    p->source = label->where.source;
    p->text = label->text;
    p->begin = column_of(s, p, begin);
    size_t into = end > p->line_begin ? end - p->line_begin : 0;
    p->end = count_characters(s->text + p->line_begin, p->line_end - p->line_begin, into, false);
    if (p->end <= p->begin)
        p->end = p->begin + 1;
    return true;
}

static size_t find_places(const diagnostics *d, const diagnostic *message, place places[LABELS_SHOWN]) {
    size_t count = 0;
    for (size_t i = 0; i < message->labels.count && count < LABELS_SHOWN; i++)
        count += find_place(d, &message->labels.at[i], &places[count]);
    return count;
}

static bool comes_after(const place *a, const place *b) {
    return a->line != b->line ? a->line > b->line : a->begin > b->begin;
}

/* In the order of the source, equal ones as they came. */
static void sort_places(place *places, size_t count) {
    for (size_t i = 1; i < count; i++) {
        place p = places[i];
        size_t j = i;
        for (; j > 0 && comes_after(&places[j - 1], &p); j--)
            places[j] = places[j - 1];
        places[j] = p;
    }
}

/* ---- one source line with its labels ---- */

/* Columns of the line that are shown, and the columns that an ellipsis before them takes. */
typedef struct window {
    size_t from, to, shift;
} window;

static window choose_window(const place *places, size_t count, size_t characters) {
    size_t first = places[0].begin;
    for (size_t i = 1; i < count; i++)
        first = places[i].begin < first ? places[i].begin : first;
    if (characters <= LINE_MOST || first <= LINE_BEFORE)
        return (window){0, characters < LINE_MOST ? characters + 1 : LINE_MOST, 0};
    return (window){first - LINE_BEFORE, first - LINE_BEFORE + LINE_MOST, 3};
}

/* The shown column of a column of the line. */
static size_t shown(const window *w, size_t column) {
    column = column < w->from ? w->from : column > w->to ? w->to : column;
    return column - w->from + w->shift;
}

static void begin_row(const renderer *r, size_t line) {
    paint(r, BLUE);
    if (line)
        text_format(r->out, "%*zu |", (int)r->width, line);
    else
        text_format(r->out, "%*s |", (int)r->width, "");
    paint(r, PLAIN);
}

/* A row of carets or bars with a text after it. */
static void write_row(const renderer *r, const char *row, size_t length, const char *words) {
    begin_row(r, 0);
    while (length && row[length - 1] == ' ' && !*words)
        length--;
    text_append_char(r->out, ' ');
    paint(r, r->accent);
    text_append_bytes(r->out, row, length);
    append_words(r->out, words);
    paint(r, PLAIN);
    text_append_char(r->out, '\n');
}

static void write_source_line(const renderer *r, const place *p, const window *w, size_t characters) {
    const char *at = r->d->sources.at[p->source].text + p->line_begin;
    size_t length = p->line_end - p->line_begin, skip = 0;
    begin_row(r, p->line);
    for (size_t i = 0; i < w->from && skip < length; i++) {
        uint32_t code;
        skip += decode(at + skip, length - skip, &code);
    }
    if (length > skip)
        text_append_char(r->out, ' ');
    if (w->shift)
        text_append(r->out, "...");
    append_safe(r->out, at + skip, length - skip, w->to - w->from);
    if (characters > w->to)
        text_append(r->out, "...");
    text_append_char(r->out, '\n');
}

/* Bars under the labels whose texts are still to come; returns the columns used. */
static size_t draw_bars(char row[ROW_MOST], const place *const *rest, size_t count, const window *w) {
    memset(row, ' ', ROW_MOST);
    for (size_t i = 0; i < count; i++)
        row[shown(w, rest[i]->begin)] = '|';
    return count ? shown(w, rest[count - 1]->begin) + 1 : 0;
}

/* The texts that do not stand on the row of carets, from right to left, each at its own column. */
static void write_rest(const renderer *r, const place *const *rest, size_t count, const window *w) {
    char row[ROW_MOST];
    if (count > 1)
        write_row(r, row, draw_bars(row, rest, count, w), "");
    while (count-- > 0) {
        draw_bars(row, rest, count, w);
        write_row(r, row, shown(w, rest[count]->begin), rest[count]->text);
    }
}

/* The last label's text may stand beside its carets when they are the last of the row. */
static bool last_stands_beside(const place *places, size_t count) {
    const place *last = &places[count - 1];
    for (size_t i = 0; i + 1 < count; i++)
        if (places[i].end > last->end)
            return false;
    return *last->text != 0;
}

static void write_carets(const renderer *r, const place *places, size_t count, const window *w) {
    char row[ROW_MOST];
    const place *rest[LABELS_SHOWN];
    size_t length = 0, left = 0;
    bool beside = last_stands_beside(places, count);
    memset(row, ' ', sizeof row);
    for (size_t i = 0; i < count; i++) {
        size_t begin = shown(w, places[i].begin), end = shown(w, places[i].end);
        end = end > begin ? end : begin + 1;
        memset(row + begin, '^', end - begin);
        length = end > length ? end : length;
        if (*places[i].text && (i + 1 < count || !beside))
            rest[left++] = &places[i];
    }
    write_row(r, row, length + beside, beside ? places[count - 1].text : "");
    write_rest(r, rest, left, w);
}

/* The line that the first place is on, with all places on it; returns their number. */
static size_t write_line(const renderer *r, const place *places, size_t count) {
    size_t here = 1;
    while (here < count && places[here].line == places[0].line)
        here++;
    const char *at = r->d->sources.at[places[0].source].text + places[0].line_begin;
    size_t length = places[0].line_end - places[0].line_begin;
    size_t characters = count_characters(at, length, length, false);
    window w = choose_window(places, here, characters);
    write_source_line(r, &places[0], &w, characters);
    write_carets(r, places, here, &w);
    return here;
}

/* ---- one message ---- */

/* The places of one source, after `arrow` with the position of the first of them. */
static void write_excerpt(const renderer *r, const char *arrow, place *places, size_t count) {
    paint(r, BLUE);
    text_format(r->out, "%*s%s", (int)r->width, "", arrow);
    paint(r, PLAIN);
    text_append_char(r->out, ' ');
    append_words(r->out, r->d->sources.at[places[0].source].name);
    text_format(r->out, ":%zu:%zu\n", places[0].line, places[0].begin + 1);
    begin_row(r, 0);
    text_append_char(r->out, '\n');
    sort_places(places, count);
    for (size_t i = 0, line = 0; i < count; line = places[i - 1].line) {
        if (line && places[i].line > line + 1)
            text_append(r->out, "...\n");
        i += write_line(r, places + i, count - i);
    }
}

static void write_excerpts(renderer *r, place *places, size_t count) {
    place group[LABELS_SHOWN];
    const char *arrow = "-->";
    while (count) {
        size_t in = 0, out = 0;
        uint32_t source = places[0].source;
        for (size_t i = 0; i < count; i++) {
            if (places[i].source == source)
                group[in++] = places[i];
            else
                places[out++] = places[i];
        }
        write_excerpt(r, arrow, group, in);
        arrow = ":::";
        count = out;
    }
}

static size_t number_width(const place *places, size_t count) {
    size_t width = 1, most = 0;
    for (size_t i = 0; i < count; i++)
        most = places[i].line > most ? places[i].line : most;
    for (; most >= 10; most /= 10)
        width++;
    return width;
}

static void write_head(const renderer *r, const diagnostic *message) {
    static const char *const names[] = {"error", "warning", "note"};
    paint(r, r->accent);
    text_append(r->out, names[message->severity]);
    if (message->code)
        text_format(r->out, "[%s]", message->code);
    paint(r, PLAIN);
    paint(r, BOLD);
    text_append(r->out, ": ");
    append_words(r->out, message->message);
    paint(r, PLAIN);
    text_append_char(r->out, '\n');
}

/* "= note: text"; further lines of the text stand below its first word. */
static void write_remark(const renderer *r, const char *name, const char *words) {
    paint(r, BLUE);
    text_format(r->out, "%*s =", (int)r->width, "");
    paint(r, PLAIN);
    paint(r, BOLD);
    text_format(r->out, " %s: ", name);
    paint(r, PLAIN);
    for (;;) {
        size_t line = strcspn(words, "\n");
        append_safe(r->out, words, line, SIZE_MAX);
        text_append_char(r->out, '\n');
        if (!words[line] || !words[line + 1])
            return;
        words += line + 1;
        text_format(r->out, "%*s", (int)(r->width + 5 + strlen(name)), "");
    }
}

void diagnostic_render(const diagnostics *d, const diagnostic *message, bool colour, text *out) {
    static const char *const accents[] = {RED, YELLOW, CYAN};
    place places[LABELS_SHOWN];
    size_t count = find_places(d, message, places);
    renderer r = {d, out, colour, accents[message->severity], number_width(places, count)};
    write_head(&r, message);
    write_excerpts(&r, places, count);
    for (size_t i = 0; i < message->notes.count; i++)
        write_remark(&r, "note", message->notes.at[i]);
    for (size_t i = 0; i < message->helps.count; i++)
        write_remark(&r, "help", message->helps.at[i]);
}

static size_t count_errors(const diagnostics *d) {
    size_t count = 0;
    for (size_t i = 0; i < d->list.count; i++)
        count += d->list.at[i].severity == SEVERITY_ERROR;
    return count;
}

void diagnostics_render(const diagnostics *d, bool colour, text *out) {
    size_t kept = count_errors(d);
    for (size_t i = 0; i < d->list.count; i++) {
        if (i)
            text_append_char(out, '\n');
        diagnostic_render(d, &d->list.at[i], colour, out);
    }
    if (kept && d->errors > kept)
        text_format(out, "\nerror: %zu more not shown\n", d->errors - kept);
    else if (d->status != GRADUS_OK && kept == 0)
        text_format(out, "error%s: %s\n", d->status == GRADUS_OUT_OF_MEMORY ? "[E904]" : "",
                    gradus_status_text(d->status));
}
