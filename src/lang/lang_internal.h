/* What the files of this room share: tokens, syntax trees, types, the reader of one text. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_LANG_INTERNAL_H
#define GRADUS_LANG_LANG_INTERNAL_H

#include "base/text.h"
#include "lang/lang.h"

/* The way of a text: tokens -> syntax tree -> roles (top down) -> types (bottom up, sizes unified) -> graph.
 * The tree is an array with children before their parents, so every pass is a loop, whatever the nesting. */

enum {
    SOURCE_MOST = 1 << 20,   /* bytes of a source */
    NESTING_MOST = 1000,     /* open brackets at one place */
    NAME_MOST = 255,         /* bytes of a name */
    TREE_MOST = 400000,      /* nodes of one expression */
    EXPONENT_MOST = 1000,    /* numerator and denominator of an exponent that einsum carries */
    POWER_FACTORS_MOST = 32, /* factors of a matrix power written out */
    QUOTE_MOST = 60          /* bytes of source repeated in a help */
};

/* ---- tokens ---- */

typedef enum token_kind {
    TOKEN_END,
    TOKEN_LINE,
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_SIGN,
    TOKEN_BAD
} token_kind;

typedef enum sign {
    SIGN_NONE,
    SIGN_PLUS,
    SIGN_MINUS,
    SIGN_DOT_PLUS,
    SIGN_DOT_MINUS,
    SIGN_TIMES, /* also @ */
    SIGN_DIVIDE,
    SIGN_SOLVE,
    SIGN_DOT_TIMES,
    SIGN_DOT_DIVIDE,
    SIGN_POWER,
    SIGN_DOT_POWER,
    SIGN_STAR_STAR,
    SIGN_TRANSPOSE, /* ' and .' and .T */
    SIGN_LESS,
    SIGN_LESS_EQUAL,
    SIGN_GREATER,
    SIGN_GREATER_EQUAL,
    SIGN_EQUAL,
    SIGN_NOT_EQUAL,
    SIGN_OPEN,
    SIGN_CLOSE,
    SIGN_OPEN_SQUARE,
    SIGN_CLOSE_SQUARE,
    SIGN_OPEN_BRACE,
    SIGN_CLOSE_BRACE,
    SIGN_COMMA,
    SIGN_COLON,
    SIGN_ASSIGN,
    SIGN_TILDE,
    SIGN_RANGE /* .. */
} sign;

typedef struct token {
    uint8_t kind, sign;
    uint32_t begin, end;
} token;

/* ---- syntax trees ---- */

typedef uint32_t tree; /* 1, 2, ...; children have smaller numbers */

typedef enum tree_kind {
    TREE_NUMBER,
    TREE_NAME,
    TREE_STRING,
    TREE_SUM,     /* children joined by + - .+ .- */
    TREE_PRODUCT, /* children joined by * / \ .* ./, from left to right */
    TREE_POWER,   /* ^ .^ */
    TREE_NEGATE,
    TREE_TRANSPOSE,
    TREE_COMPARE,
    TREE_CALL,  /* name(children) */
    TREE_INDEX, /* the first child at the others */
    TREE_OVER,  /* name[indices](body): the body is the last child */
    TREE_RANGE, /* lowest:highest, in an index */
    TREE_ALL,   /* : in an index */
    TREE_GROUP, /* (i,j) in an index: one place of an axis that holds both, the first index fastest */
    TREE_NAMED, /* name = child, in a call */
    /* Made where a function of the user is called (user_functions.c): */
    TREE_ALIAS,  /* a parameter in the function's text: the child is its argument */
    TREE_HELD,   /* the argument as a variable of its own, for derivatives by a parameter */
    TREE_RELEASE /* the call: the first child, in which the others, HELD, are what they stand for */
} tree_kind;

/* What a node is for; settled from the top down. */
typedef enum tree_role {
    AS_VALUE,
    AS_SIZE,   /* a size: ones(n), X[:, 1:k] */
    AS_AXIS,   /* rows, cols, axis = 2 */
    AS_LETTER, /* an index of index notation */
    AS_PART    /* read by its parent: a range, the labels of an index */
} tree_role;

typedef struct function function;

typedef struct tree_node {
    uint8_t kind, role;
    uint8_t sign;   /* POWER, COMPARE; parity of ' in TRANSPOSE */
    bool bracketed; /* the span includes the brackets around it */
    uint32_t begin, end;
    uint32_t first, count;         /* of its children in the pool */
    uint32_t name_begin, name_end; /* CALL, OVER, NAMED */
    name name;                     /* NAME, CALL, OVER, NAMED */
    const function *function;      /* CALL */
    const char *text;              /* what begin and end count in */
    uint32_t source;               /* its number */
    uint32_t call;                 /* in the text of a function: number of the call + 1, otherwise 0 */
} tree_node;

typedef struct tree_child {
    tree node;
    uint8_t sign; /* the operator before it */
} tree_child;

/* ---- types ---- */

typedef struct type {
    uint8_t shape, rank; /* shape_kind */
    const dim *axes;     /* in the reader's arena or the scope's */
} type;

/* ---- scopes ---- */

typedef enum entry_kind {
    ENTRY_SYMBOL,
    ENTRY_OPEN, /* a variable whose sizes are still to be inferred: `value` holds no node yet */
    ENTRY_SIZE,
    ENTRY_VALUE, /* a let */
    ENTRY_BROKEN /* its statement had an error, already reported */
} entry_kind;

typedef struct entry {
    name name;
    uint8_t kind;
    bool declared, used, shaped; /* shaped: `type` has its axes */
    uint32_t order;              /* of first use, from 1 */
    uint32_t facts;
    int32_t lowest, highest;
    type type;
    typed value;
} entry;

enum { PARAMETERS_MOST = 16 };

/* let f(x, y) = ...: the tree of its text, its places counted from 0 of the lists here. */
typedef struct user_function {
    name name;
    span where;
    size_t parameter_count;
    name parameters[PARAMETERS_MOST];
    bool broken;                /* its definition had an error, already reported */
    bool held[PARAMETERS_MOST]; /* a derivative by it is taken */
    size_t node_count, child_count;
    const tree_node *nodes; /* nodes[0] is unused */
    const tree_child *children;
} user_function;

struct scope {
    graph *graph;
    memory *memory;
    arena arena;
    ARRAY(entry) entries;
    ARRAY(uint32_t) by_name; /* entry number + 1 of a name */
    ARRAY(scope_symbol) symbols;
    ARRAY(user_function) functions;
    lang_deriver deriver;
    uint32_t uses;
    size_t first_open; /* no entry before this one is open */
};

/* Facts that make a matrix square. */
#define FACTS_SQUARE                                                                                         \
    (FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_LOWER | FACT_UPPER |         \
     FACT_TOEPLITZ | FACT_SYMTOEPLITZ | FACT_INVERTIBLE)

entry *scope_entry(scope *s, name n);
/* Adds an entry; NULL when out of memory. */
entry *scope_add(scope *s, name n, entry_kind kind);
entry *scope_add_size(scope *s, name n);
/* Forgets the entries after the first `count`. */
void scope_shorten(scope *s, size_t count);
/* Rebuilds the list that scope_symbols shows. */
bool scope_refresh(scope *s);
void scope_clear(scope *s); /* frees what it holds, not the scope itself */

/* The nearest of the candidates offered. */
typedef struct nearest {
    const char *word, *found;
    unsigned distance;
} nearest;
void nearest_offer(nearest *n, const char *candidate);
const char *suggest_function(const scope *s, const char *word);

/* ---- the reader ---- */

typedef struct reader {
    graph *graph;
    memory *memory;
    diagnostics *diagnostics;
    scope *scope;
    arena arena;
    const char *text;
    size_t length;
    uint32_t source;
    bool internal; /* texts of the system: see lang_elaborate */
    bool strict;   /* undeclared names are errors: programs, second texts */
    bool lines;    /* a line end closes a statement */
    bool data;     /* randn and rand are allowed */
    bool named;    /* open sizes have got names */
    bool failed;   /* the statement at hand has an error, already reported */
    dim one;

    ARRAY(token) tokens;
    size_t at;              /* the next token */
    ARRAY(tree_node) nodes; /* nodes.at[0] is unused */
    ARRAY(tree_child) children;
    ARRAY(span) calls;      /* of functions of the user, in this text */
    const name *parameters; /* of the function whose text is read */
    size_t parameter_count;
    type *types;   /* by node */
    typed *values; /* by node */

    ARRAY(dim) unknowns; /* solution of unknown size i, 0 while open */
    ARRAY(uint32_t) trail;
    size_t first_new;          /* entries of the scope from here on are new */
    int32_t streams;           /* random streams handed out */
    struct program_fits *fits; /* where standardize puts its statistics; NULL outside programs */
    struct letters *letters;   /* index notation at hand; NULL without */
} reader;

/* ---- lexer.c ---- */
bool lex(reader *r);
const token *token_now(const reader *r);
const token *token_after(const reader *r, size_t ahead);
bool token_is(const reader *r, const token *t, const char *word); /* a name of that spelling */
bool take_sign(reader *r, sign s);                                /* moves past it when it is there */
span token_span(const reader *r, const token *t);
const char *token_text(reader *r, const token *t); /* for messages: 'x', end of the line */
const char *sign_text(sign s);
const char *sign_remedy(sign s); /* what to do about one where an operand should stand; NULL: nothing known */
bool is_statement_word(const char *text, size_t length);

/* ---- parser.c ---- */
/* Reads one expression from the tokens; 0 after an error. It ends before what cannot continue it. */
tree parse_expression(reader *r);

/* ---- tree.c ---- */
void tree_forget(reader *r); /* drops all nodes */
/* Appends a node; 0 after an error. */
tree syntax_add(reader *r, const tree_node *n);
/* Room for a list of children, to be filled in; NULL after an error. */
tree_child *syntax_children(reader *r, size_t count, uint32_t *first);
tree tree_behind(const reader *r, tree t); /* past aliases */

/* ---- user_functions.c ---- */
const user_function *user_function_find(const scope *s, name n); /* NULL when there is none */
/* The call as the function's text with the arguments in it; 0 after an error. */
tree user_function_call(reader *r, const user_function *f, const tree_node *call, size_t count,
                        const tree *arguments);
/* let f(x, y) = ...: the tokens stand behind the name. */
bool user_function_define(reader *r, name n, span where);
void user_functions_offer(const scope *s, nearest *n);
/* After an error at t: by which call its place was reached. */
void note_call(reader *r, tree t);

static inline tree_node *node_at(const reader *r, tree t) {
    return &r->nodes.at[t];
}
static inline size_t child_count(const reader *r, tree t) {
    return r->nodes.at[t].count;
}
static inline tree child(const reader *r, tree t, size_t k) {
    return r->children.at[r->nodes.at[t].first + k].node;
}
static inline sign child_sign(const reader *r, tree t, size_t k) {
    return (sign)r->children.at[r->nodes.at[t].first + k].sign;
}

/* ---- messages.c ---- */
span tree_span(const reader *r, tree t);
/* The source of a node for a help, in brackets where a postfix operator needs them; "..." when it is long. */
const char *quote(reader *r, tree t);
const char *quote_operand(reader *r, tree t);
const char *quote_span(reader *r, span s, bool operand);
const char *show_type(reader *r, type t);
const char *show_size(reader *r, dim d);
/* An error at a node (no label text: NULL). */
void complain(reader *r, const char *code, tree at, const char *label, const char *format, ...)
    DIAGNOSTIC_FORMAT(5, 6);
void complain_token(reader *r, const char *code, const token *at, const char *label, const char *format, ...)
    DIAGNOSTIC_FORMAT(5, 6);
void complain_span(reader *r, const char *code, span at, const char *label, const char *format, ...)
    DIAGNOSTIC_FORMAT(5, 6);
void complain_unsupported(reader *r, span at, const char *what);
void label_tree(reader *r, tree t, const char *format, ...) DIAGNOSTIC_FORMAT(3, 4);
/* Errors of the graph have no place of their own: the last one, if it came since then, gets that of t. */
size_t errors_now(const reader *r);
void place_errors_since(reader *r, tree t, size_t errors);

/* ---- sizes.c ---- */
dim size_unknown(reader *r);
dim size_resolve(reader *r, dim d);
bool size_is_open(reader *r, dim d); /* an unknown occurs in it */
bool size_is(reader *r, dim d, int64_t n);
bool size_is_one(reader *r, dim d);
/* Makes a and b equal by solving for an unknown; false when they cannot be, or only by binding one to 1. */
bool sizes_unify(reader *r, dim a, dim b);
size_t sizes_note(const reader *r);
void sizes_undo(reader *r, size_t note);
/* Gives the sizes of open variables the names n, m, k, ... */
void sizes_name(reader *r);
/* A size expression (ones(n+1)): a polynomial in size names; 0 with a message otherwise. */
dim size_of_tree(reader *r, tree t);

/* ---- types ---- */
type type_scalar(void);
type type_of(reader *r, shape_kind shape, size_t rank, const dim *axes); /* copies the axes */
type type_column(reader *r, dim n);
type type_row(reader *r, dim n);
type type_matrix(reader *r, dim rows, dim columns);
/* The type of a node of the graph. */
type type_of_value(reader *r, typed v);
bool types_unify(reader *r, type a, type b); /* same shape and sizes; nothing is bound when false */
/* As seen by *, kron, hcat, vcat: a column is [n,1], a row [1,n], a scalar [1,1]. */
typedef struct surface {
    dim rows, columns;
    bool row_axis, column_axis; /* whether the node has that axis */
} surface;
surface surface_of(const reader *r, type t);
type type_of_surface(reader *r, surface s);

/* The type that an undeclared name has by its letter; false when it has none. */
bool default_shape(const char *word, shape_kind *shape, size_t *rank);
bool names_array(const reader *r, const token *t);
/* Unknown sizes for a variable whose sizes are to be inferred. */
bool shape_open_entry(reader *r, entry *e);

/* ---- functions.c ---- */
struct function {
    const char *name;
    const char *roles; /* of the arguments: v value, s size, p place (a size or an index), a axis, x axis or
                          value, t text, d variable; "*" repeats the last */
    uint8_t least, most;
    type (*infer)(reader *r, tree call);
    typed (*build)(reader *r, tree call);
    int parameter;
};
const function *function_find(const char *spelling); /* NULL when there is none */

/* ---- passes ---- */
bool assign_roles(reader *r, tree root);
bool infer_types(reader *r);
typed build_graph(reader *r, tree root);
/* All of them, for the tree just parsed: sizes settled when `settle`. */
bool read_tree(reader *r, tree root, typed *out);

#endif
