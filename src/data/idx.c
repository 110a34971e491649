/* IDX: 0, 0, type, rank, the sizes and the elements, all with the highest byte first. */
/* SPDX-License-Identifier: MIT */
#include "data/idx.h"

#include "data/element.h"

static bool wrong(const data_source *s, size_t at, const char *what) {
    diagnose(s->diagnostics, GRADUS_BAD_FILE, "E340", "'%s', byte %zu: not a sound IDX file: %s", s->name, at,
             what);
    return false;
}

static bool find_type(unsigned char code, element *type) {
    static const struct {
        unsigned char code;
        element type;
    } types[] = {{0x08, {'u', 1, true}}, {0x09, {'i', 1, true}}, {0x0B, {'i', 2, true}},
                 {0x0C, {'i', 4, true}}, {0x0D, {'f', 4, true}}, {0x0E, {'f', 8, true}}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].code == code) {
            *type = types[i].type;
            return true;
        }
    return false;
}

bool idx_read(const data_source *s, const void *bytes, size_t length, dense *out) {
    const unsigned char *p = bytes;
    element type;
    size_t shape[DENSE_RANK_MOST], count, need;
    if (length < 4 || p[0] != 0 || p[1] != 0)
        return wrong(s, 0, "it does not begin with two zeros, a type and a number of axes");
    if (!find_type(p[2], &type))
        return wrong(s, 2, "unknown element type");
    size_t rank = p[3], begin = 4 + 4 * rank;
    if (rank > DENSE_RANK_MOST)
        return wrong(s, 3, "more than 32 axes");
    if (length < begin)
        return wrong(s, length, "the file ends before its sizes do");
    for (size_t i = 0; i < rank; i++)
        shape[i] = (size_t)bytes_big(p + 4 + 4 * i, 4);
    if (!dense_count(rank, shape, &count) || !size_multiply(count, type.size, &need) ||
        need != length - begin)
        return wrong(s, begin, "the sizes do not agree with the file's length");
    if (!dense_new(s->memory, rank, shape, out))
        return data_out_of_memory(s);
    for (size_t i = 0; i < count; i++)
        out->values[i] = element_value(type, p + begin + i * type.size);
    dense_find_integral(out);
    return true;
}
