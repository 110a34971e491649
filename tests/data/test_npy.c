/* NPY, NPZ, IDX and gzip: what was written is read, what is damaged is refused. */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "reading.h"

#include <math.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/platform.h"
#include "base/random.h"
#include "data/element.h"
#include "data/npy.h"
#include "data/npz.h"
#ifdef GRADUS_HAVE_ZLIB
#include <zlib.h>
#endif

static dense random_array(memory *m, random_stream *s, size_t rank) {
    dense a;
    size_t shape[DENSE_RANK_MOST];
    for (size_t i = 0; i < rank; i++)
        shape[i] = rank > 6 ? 1 : (size_t)random_below(s, 5);
    assert_true(dense_new(m, rank, shape, &a));
    for (size_t i = 0; i < a.count; i++)
        a.values[i] = random_normal(s);
    return a;
}

/* The parts of an NPY file joined. */
static text npy_file(memory *m, const char *dictionary, const void *data, size_t length) {
    text t = text_new(m);
    unsigned char size[2];
    bytes_put_little(size, strlen(dictionary), 2);
    text_append_bytes(&t, "\x93NUMPY\1\0", 8);
    text_append_bytes(&t, (const char *)size, 2);
    text_append(&t, dictionary);
    text_append_bytes(&t, data, length);
    return t;
}

static void arrays_come_back(void **state) {
    (void)state;
    memory m = memory_default();
    random_stream s = {21, 0, 0};
    for (size_t rank = 0; rank <= DENSE_RANK_MOST; rank++) {
        dense a = random_array(&m, &s, rank);
        text t = text_new(&m);
        npy_write(&a, &t);
        assert_int_equal((t.length - 8 * a.count) % 64, 0);
        reading r;
        reading_begin(&r, "f.npy", t.at, t.length, NULL);
        assert_true(r.good);
        assert_true(same_values(&a, &r.a));
        reading_end(&r);
        text_free(&t);
        dense_free(&m, &a);
    }
    assert_int_equal(m.used, 0);
}

static void expect_values(const char *dictionary, const void *data, size_t length, size_t count,
                          const double *values) {
    memory m = memory_default();
    text t = npy_file(&m, dictionary, data, length);
    reading r;
    reading_begin(&r, "f.npy", t.at, t.length, NULL);
    if (!r.good)
        fail_msg("%s: %s", dictionary, r.d.list.at[0].message);
    assert_int_equal(r.a.count, count);
    assert_memory_equal(r.a.values, values, count * sizeof *values);
    reading_end(&r);
    text_free(&t);
}

#define HEAD(type, shape) "{'descr': '" type "', 'fortran_order': False, 'shape': " shape ", }\n"

static void all_element_types(void **state) {
    (void)state;
    expect_values(HEAD("|b1", "(2,)"), "\0\1", 2, 2, (double[]){0, 1});
    expect_values(HEAD("|i1", "(2,)"), "\x80\x7F", 2, 2, (double[]){-128, 127});
    expect_values(HEAD("|u1", "(2,)"), "\x80\x7F", 2, 2, (double[]){128, 127});
    expect_values(HEAD("<i2", "(2,)"), "\xFE\xFF\1\2", 4, 2, (double[]){-2, 513});
    expect_values(HEAD(">i2", "(2,)"), "\xFF\xFE\2\1", 4, 2, (double[]){-2, 513});
    expect_values(HEAD("<u4", "(1,)"), "\xFE\xFF\xFF\xFF", 4, 1, (double[]){4294967294.0});
    expect_values(HEAD(">i8", "(1,)"), "\x80\0\0\0\0\0\0\0", 8, 1, (double[]){-9223372036854775808.0});
    expect_values(HEAD("<u8", "(1,)"), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8, 1, (double[]){0x1p64});
    expect_values(HEAD("<f4", "(1,)"), "\0\0\xC0\xBF", 4, 1, (double[]){-1.5});
    expect_values(HEAD(">f4", "(1,)"), "\xBF\xC0\0\0", 4, 1, (double[]){-1.5});
    expect_values(HEAD(">f8", "()"), "\x3F\xF0\0\0\0\0\0\0", 8, 1, (double[]){1});
    /* Halves: 1, -2, the largest, the smallest, the smallest normal, minus zero, infinity. */
    expect_values(HEAD("<f2", "(7,)"), "\0\x3C\0\xC0\xFF\x7B\1\0\0\4\0\x80\0\x7C", 14, 7,
                  (double[]){1, -2, 65504, 0x1p-24, 0x1p-14, -0.0, HUGE_VAL});
}

static void fortran_order_is_transposed(void **state) {
    (void)state;
    const char *head = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n";
    expect_values(head, "\1\4\2\5\3\6", 6, 6, (double[]){1, 2, 3, 4, 5, 6});
    head = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2)}";
    expect_values(head, "\0\4\2\6\1\5\3\7", 8, 8, (double[]){0, 1, 2, 3, 4, 5, 6, 7});
    head = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 0)}";
    expect_values(head, "", 0, 0, NULL);
}

static void headers_may_be_written_otherwise(void **state) {
    (void)state;
    expect_values("{\"shape\":(2L,),\"descr\":\"|u1\",\"fortran_order\":False}", "\1\2", 2, 2,
                  (double[]){1, 2});
    expect_values("  {  'shape' : ( 2 , 1 , ) , 'fortran_order' : False , 'descr' : '|u1' }  ", "\1\2", 2, 2,
                  (double[]){1, 2});
    expect_values(HEAD("|u1", "(0,9999999999)"), "", 0, 0, NULL);
}

static void npy_refused(const char *dictionary, size_t length, const char *code, const char *words) {
    memory m = memory_default();
    char data[64] = {0};
    text t = npy_file(&m, dictionary, data, length);
    expect_refused("f.npy", t.at, t.length, NULL, code, words);
    text_free(&t);
}

static void bad_headers_are_refused(void **state) {
    (void)state;
    npy_refused("", 0, "E320", "no dictionary");
    npy_refused("{'descr': '<f8', 'fortran_order': False}", 8, "E320", "missing");
    npy_refused("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}", 8, "E320", "twice");
    npy_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'x': 1}", 8, "E320", "none of");
    npy_refused("{'descr': '<f8', 'fortran_order': 0, 'shape': ()}", 8, "E320", "neither");
    npy_refused("{'descr': '<f8' 'fortran_order': False, 'shape': ()}", 8, "E320", "comma");
    npy_refused("{'descr' '<f8', 'fortran_order': False, 'shape': ()}", 8, "E320", "colon");
    npy_refused("{'descr': '<f8', 'fortran_order': False, 'shape': ()} x", 8, "E320", "after the dictionary");
    npy_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (", 8, "E320", "shape");
    npy_refused("{'descr': '<f8", 8, "E320", "does not end");
    npy_refused(HEAD("<f8", "(-1,)"), 8, "E320", "list of sizes");
    npy_refused(HEAD("<f8", "(1)"), 8, "E320", "not a tuple");
    npy_refused(HEAD("<f8", "1"), 8, "E320", "not a tuple");
    npy_refused(HEAD("<f8", "(1 1)"), 8, "E320", "comma");
    npy_refused(HEAD("<f8", "(1,,1)"), 8, "E320", "list of sizes");
    npy_refused(HEAD("<f8", "(4294967296,4294967296)"), 0, "E320", "more elements");
    npy_refused(HEAD("<f8", "(2305843009213693952,)"), 0, "E320", "more elements");
    npy_refused(HEAD("<f8", "(0,4294967296,4294967296)"), 0, "E320", "more elements");
    npy_refused(HEAD("<f8", "(99999999999999999999999,)"), 0, "E320", "too large");
    npy_refused(HEAD("<f8", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"), 8, "E320",
                "more than 32 axes");
    npy_refused(HEAD("|O", "(1,)"), 8, "E321", "Python objects");
    npy_refused(HEAD("<c16", "(1,)"), 16, "E321", "complex");
    npy_refused(HEAD("<U5", "(1,)"), 20, "E321", "texts");
    npy_refused(HEAD("<M8[D]", "(1,)"), 8, "E321", "dates");
    npy_refused(HEAD("<f9", "(1,)"), 9, "E321", "unknown");
    npy_refused(HEAD("|f8", "(1,)"), 8, "E321", "unknown");
    npy_refused(HEAD("", "(1,)"), 8, "E321", "unknown");
    npy_refused("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", 8, "E321", "records");
    npy_refused(HEAD("<f8", "(2,)"), 8, "E322", "cut short");
    npy_refused(HEAD("<f8", "(2,)"), 17, "E322", "longer than it says");
    expect_refused("f.npy", "\x93NUMPY\4\0\0\0", 10, NULL, "E320", "version");
    expect_refused("f.npy", "\x93NUMPY\1\0\xFF\xFF", 10, NULL, "E320", "length");
    expect_refused("f.npy", "\x93NUMPY\2\0\xFF\xFF\xFF\xFF", 12, NULL, "E320", "length");
    expect_refused("f.npy", "\x93NUMPY\2\0\1\0", 10, NULL, "E320", "ends");
    expect_refused("f.npy", "garbage, no array", 17, NULL, "E320", "begin");
}

static void rounded_integers_are_told(void **state) {
    (void)state;
    memory m = memory_default();
    text t = npy_file(&m, HEAD("<i8", "(1,)"), "\1\0\0\0\0\0\x20\0", 8);
    reading r;
    reading_begin(&r, "f.npy", t.at, t.length, NULL);
    assert_true(r.good);
    assert_int_equal(r.d.list.count, 1);
    assert_string_equal(r.d.list.at[0].code, "W321");
    reading_end(&r);
    text_free(&t);
}

/* ---- archives ---- */

static text small_npz(memory *m, dense *a, dense *b) {
    random_stream s = {31, 0, 0};
    text t = text_new(m);
    *a = random_array(m, &s, 0);
    dense_new(m, 2, (size_t[]){2, 3}, b);
    for (size_t i = 0; i < 6; i++)
        b->values[i] = random_normal(&s);
    zip_writer w = zip_begin(&t);
    assert_true(npz_add(&w, "alpha", a));
    assert_true(npz_add(&w, "beta", b));
    assert_true(zip_end(&w));
    return t;
}

static void archives_come_back(void **state) {
    (void)state;
    memory m = memory_default();
    dense a, b, c, d;
    text t = small_npz(&m, &a, &b), again = small_npz(&m, &c, &d);
    assert_int_equal(t.length, again.length);
    assert_memory_equal(t.at, again.at, t.length);
    reading r;
    reading_begin(&r, "f.npz", t.at, t.length, "beta");
    assert_true(r.good && same_values(&r.a, &b));
    reading_end(&r);
    reading_begin(&r, "f.npz", t.at, t.length, "alpha");
    assert_true(r.good && same_values(&r.a, &a));
    reading_end(&r);
    expect_refused("f.npz", t.at, t.length, NULL, "E333", "alpha, beta");
    expect_refused("f.npz", t.at, t.length, "betta", "E333", "did you mean 'f.npz:beta'?");
    expect_refused("f.npz", t.at, t.length, "gamma", "E333", "alpha, beta");
    zip_archive z;
    assert_true(npz_open(&(data_source){&m, NULL, "f"}, t.at, t.length, &z));
    assert_int_equal(npz_count(&z), 2);
    size_t i;
    assert_true(npz_find(&z, "beta", &i));
    assert_int_equal(i, 1);
    assert_false(npz_find(&z, "bet", &i));
    zip_close(&z);
    text_free(&t);
    text_free(&again);
    dense_free(&m, &a);
    dense_free(&m, &b);
    dense_free(&m, &c);
    dense_free(&m, &d);
    assert_int_equal(m.used, 0);
}

static void every_prefix_is_refused(const char *name, const char *bytes, size_t length,
                                    const char *selector) {
    for (size_t n = 0; n < length; n++) {
        reading r;
        reading_begin(&r, name, bytes, n, selector);
        if (r.good)
            fail_msg("%s: %zu of %zu bytes were accepted", name, n, length);
        assert_true(r.d.errors > 0);
        reading_end(&r);
    }
}

/* With one bit changed a file is refused, or it still gives the same values. */
static void every_flip_is_noticed(const char *name, const char *bytes, size_t length, const char *selector,
                                  const dense *expected) {
    char *copy = malloc(length);
    size_t refusals = 0;
    for (size_t n = 0; n < 8 * length; n++) {
        reading r;
        memcpy(copy, bytes, length);
        copy[n / 8] = (char)(copy[n / 8] ^ (1 << n % 8));
        reading_begin(&r, name, copy, length, selector);
        if (r.good && !same_values(&r.a, expected))
            fail_msg("%s: bit %zu of byte %zu changes the values unnoticed", name, n % 8, n / 8);
        refusals += !r.good;
        reading_end(&r);
    }
    free(copy);
    assert_true(refusals > 4 * length);
}

static void damage_is_noticed(void **state) {
    (void)state;
    memory m = memory_default();
    dense a, b;
    text t = small_npz(&m, &a, &b), npy = text_new(&m);
    npy_write(&b, &npy);
    every_prefix_is_refused("f.npy", npy.at, npy.length, NULL);
    every_prefix_is_refused("f.npz", t.at, t.length, "beta");
    every_flip_is_noticed("f.npz", t.at, t.length, "beta", &b);
    text_free(&t);
    text_free(&npy);
    dense_free(&m, &a);
    dense_free(&m, &b);
    assert_int_equal(m.used, 0);
}

/* The place of the n-th occurrence of a mark. */
static size_t find_mark(const text *t, const char *mark, int n) {
    for (size_t i = 0; i + 4 <= t->length; i++)
        if (memcmp(t->at + i, mark, 4) == 0 && n-- == 0)
            return i;
    fail_msg("no mark");
    return 0;
}

typedef struct patch {
    const char *mark;
    int which;
    size_t offset;
    const char *bytes;
    size_t length;
    const char *code, *words;
} patch;

static void hostile_archives_are_refused(void **state) {
    (void)state;
    static const patch patches[] = {
        {"PK\1\2", 0, 8, "\1\0", 2, "E331", "encrypted"},
        {"PK\1\2", 0, 10, "\14\0", 2, "E331", "method"},
        {"PK\1\2", 0, 24, "\xFF\xFF\xFF\xFF", 4, "E331", "ZIP64"},
        {"PK\1\2", 0, 24, "\xFF\xFF\xFF\x7F", 4, "E332", "two sizes"},
        {"PK\1\2", 0, 10, "\10\0\0\0\0\0\0\0\0\0\1\0\0\0\xFF\xFF\xFF\x7F", 18, "E332",
         "larger than its packed"},
        {"PK\1\2", 0, 46, "../h", 4, "E332", "out of the archive"},
        {"PK\1\2", 0, 46, "/abc", 4, "E332", "out of the archive"},
        {"PK\1\2", 0, 46, "C:\\a", 4, "E332", "out of the archive"},
        {"PK\1\2", 0, 46, "omega", 5, "E330", "do not say the same"},
        {"PK\1\2", 1, 42, "\0\0\0\0", 4, "E330", "overlap"},
        {"PK\1\2", 1, 42, "\xFF\xFF\xFF\x7F", 4, "E330", "outside"},
        {"PK\1\2", 0, 28, "\xFF\xFF", 2, "E330", "damaged"},
        {"PK\5\6", 0, 4, "\1\0", 2, "E331", "disks"},
        {"PK\5\6", 0, 8, "\xFF\xFF\xFF\xFF", 4, "E331", "ZIP64"},
        {"PK\5\6", 0, 8, "\0\x20\0\x20", 4, "E302", "4096"},
        {"PK\5\6", 0, 8, "\1\0\1\0", 4, "E330", "more entries"},
        {"PK\5\6", 0, 16, "\0\0\0\0", 4, "E330", "does not lie"},
        {"PK\5\6", 0, 20, "\1\0", 2, "E330", "end of the ZIP directory"},
    };
    memory m = memory_default();
    dense a, b;
    text t = small_npz(&m, &a, &b);
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++) {
        const patch *p = &patches[i];
        char kept[32], *at = t.at + find_mark(&t, p->mark, p->which) + p->offset;
        memcpy(kept, at, p->length);
        memcpy(at, p->bytes, p->length);
        expect_refused("f.npz", t.at, t.length, "beta", p->code, p->words);
        memcpy(at, kept, p->length);
    }
    text twice = text_new(&m);
    zip_writer w = zip_begin(&twice);
    assert_true(npz_add(&w, "x", &a) && npz_add(&w, "x", &b) && zip_end(&w));
    expect_refused("f.npz", twice.at, twice.length, "x", "E332", "same name");
    text_free(&twice);
    text_free(&t);
    dense_free(&m, &a);
    dense_free(&m, &b);
}

static void lack_of_memory(void **state) {
    (void)state;
    memory m = memory_default();
    dense a, b;
    text t = small_npz(&m, &a, &b), npy = text_new(&m);
    npy_write(&b, &npy);
    fail_each_allocation("f.npz", t.at, t.length, "beta");
    fail_each_allocation("f.npy", npy.at, npy.length, NULL);
    fail_each_allocation("x.idx", "\0\0\10\1\0\0\0\2ab", 10, NULL);
    for (size_t n = 0, failed = 1; failed; n++) {
        countdown c = {.left = n};
        memory scarce = memory_failing(&c);
        text out = text_new(&scarce);
        zip_writer w = zip_begin(&out);
        npz_add(&w, "beta", &b);
        zip_end(&w);
        text_free(&out);
        failed = c.fired;
        assert_int_equal(scarce.failed, c.fired);
        assert_int_equal(scarce.used, 0);
    }
    text_free(&t);
    text_free(&npy);
    dense_free(&m, &a);
    dense_free(&m, &b);
}

/* ---- IDX ---- */

static void idx_files(void **state) {
    (void)state;
    reading r;
    reading_begin(&r, "t10k-labels-idx1-ubyte", "\0\0\10\2\0\0\0\2\0\0\0\1\7\xFF", 14, NULL);
    assert_true(r.good && r.a.integral);
    assert_int_equal(r.a.rank, 2);
    assert_int_equal(r.a.shape[0], 2);
    assert_memory_equal(r.a.values, ((double[]){7, 255}), 16);
    reading_end(&r);
    reading_begin(&r, "x.idx", "\0\0\14\1\0\0\0\1\xFF\xFF\xFF\xFE", 12, NULL);
    assert_true(r.good && fabs(r.a.values[0] + 2) <= 0);
    reading_end(&r);
    every_prefix_is_refused("x.idx", "\0\0\14\1\0\0\0\1\xFF\xFF\xFF\xFE", 12, NULL);
    expect_refused("x.idx", "\0\0\10\1\0\0\0\1ab", 10, NULL, "E340", "length");
    expect_refused("x.idx", "\0\0\12\1\0\0\0\1a", 9, NULL, "E340", "type");
    expect_refused("x.idx", "\0\0\10\xFF", 4, NULL, "E340", "32 axes");
    expect_refused("x.idx", "\0\0\16\3\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 16, NULL, "E340",
                   "length");
    expect_refused("x.idx", "\0\0\10\1\0\0\0\1a", 9, "key", "E307", "x.idx");
}

/* ---- gzip and deflate ---- */

#ifdef GRADUS_HAVE_ZLIB
static size_t deflate_into(const char *bytes, size_t length, int window, char *out, size_t room) {
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (unsigned)length};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t made = room - z.avail_out;
    deflateEnd(&z);
    return made;
}

static void compressed_tables(void **state) {
    (void)state;
    char packed[400];
    const char *csv = "a,b\n1,2\n3,4\n5,6\n";
    size_t n = deflate_into(csv, strlen(csv), 31, packed, sizeof packed);
    dense expected;
    memory m = memory_default();
    dense_new(&m, 2, (size_t[]){3, 2}, &expected);
    for (size_t i = 0; i < 6; i++)
        expected.values[i] = (double)i + 1;
    reading r;
    reading_begin(&r, "f.csv.gz", packed, n, "a,b");
    assert_true(r.good && same_values(&r.a, &expected));
    reading_end(&r);
    every_prefix_is_refused("f.csv.gz", packed, n, NULL);
    every_flip_is_noticed("f.csv.gz", packed, n, "1-2", &expected);
    fail_each_allocation("f.csv.gz", packed, n, NULL);
    /* A second member is appended, garbage is refused. */
    size_t more = deflate_into("7,8\n", 4, 31, packed + n, sizeof packed - n);
    reading_begin(&r, "f.csv.gz", packed, n + more, NULL);
    assert_true(r.good);
    assert_int_equal(r.a.shape[0], 4);
    reading_end(&r);
    packed[n] = 'x';
    expect_refused("f.csv.gz", packed, n + 1, NULL, "E350", "compressed");
    expect_refused("f.csv.gz", csv, strlen(csv), NULL, "E350", "not gzip");
    dense_free(&m, &expected);
}

/* An archive of one deflated member, made by hand. */
static text deflated_npz(memory *m, const text *npy, size_t claimed) {
    char packed[4096];
    size_t n = deflate_into(npy->at, npy->length, -15, packed, sizeof packed), at;
    text t = text_new(m);
    zip_writer w = zip_begin(&t);
    zip_add(&w, "x.npy", packed, n);
    at = t.length;
    zip_end(&w);
    unsigned char fields[12];
    bytes_put_little(fields, zip_crc(npy->at, npy->length), 4);
    bytes_put_little(fields + 4, n, 4);
    bytes_put_little(fields + 8, claimed, 4);
    memcpy(t.at + 14, fields, 12);
    memcpy(t.at + at + 16, fields, 12);
    t.at[8] = 8;
    t.at[at + 10] = 8;
    return t;
}

static void compressed_archives(void **state) {
    (void)state;
    memory m = memory_default();
    dense a;
    text npy = text_new(&m);
    dense_new(&m, 2, (size_t[]){2, 3}, &a);
    a.values[4] = 1.25;
    npy_write(&a, &npy);
    text t = deflated_npz(&m, &npy, npy.length);
    reading r;
    reading_begin(&r, "f.npz", t.at, t.length, NULL);
    assert_true(r.good && same_values(&r.a, &a));
    reading_end(&r);
    every_prefix_is_refused("f.npz", t.at, t.length, NULL);
    every_flip_is_noticed("f.npz", t.at, t.length, "x", &a);
    fail_each_allocation("f.npz", t.at, t.length, "x");
    text_free(&t);
    for (int i = -1; i <= 1; i += 2) {
        t = deflated_npz(&m, &npy, npy.length + (size_t)i);
        expect_refused("f.npz", t.at, t.length, "x", "E350", "another length");
        text_free(&t);
    }
    text_free(&npy);
    dense_free(&m, &a);
    assert_int_equal(m.used, 0);
}
#endif

/* ---- NumPy ---- */

static void expect_split(const char *spec, const char *path, const char *selector) {
    file_spec f = file_split(spec);
    assert_int_equal(f.path_length, strlen(path));
    assert_memory_equal(spec, path, f.path_length);
    if (selector)
        assert_string_equal(f.selector, selector);
    else
        assert_null(f.selector);
}

static void specifications(void **state) {
    (void)state;
    expect_split("digits.csv:1-64", "digits.csv", "1-64");
    expect_split("people.csv:age,height", "people.csv", "age,height");
    expect_split("a:b/x.npy", "a:b/x.npy", NULL);
    expect_split("C:/x.csv", "C:/x.csv", NULL);
    expect_split("w.npz:W1", "w.npz", "W1");
    expect_split("X.CSV.GZ:2", "X.CSV.GZ", "2");
    expect_split("a.csv:1.csv:2", "a.csv:1.csv", "2");
    expect_split("train-images-idx3-ubyte.gz", "train-images-idx3-ubyte.gz", NULL);
    expect_split("noending:1", "noending:1", NULL);
    expect_split("-:1-3", "-", "1-3");
    expect_split("", "", NULL);
    assert_true(file_is_data("x.csv:1"));
    assert_false(file_is_data("randn(3,2)"));
    reading r;
    reading_begin(&r, "-", "1,2\n", 4, NULL);
    assert_true(r.good);
    reading_end(&r);
    expect_refused("model.pt", "\x80\2}q", 4, NULL, "E306", ".npy");
    expect_refused("empty", "", 0, NULL, "E306", "no known format");
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    dense a;
    assert_false(file_read_array(&m, &d, "/nowhere/x.csv:1", &a));
    assert_string_equal(d.list.at[0].code, "E301");
    assert_int_equal(d.status, GRADUS_BAD_FILE);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_come_back),
        cmocka_unit_test(all_element_types),
        cmocka_unit_test(fortran_order_is_transposed),
        cmocka_unit_test(headers_may_be_written_otherwise),
        cmocka_unit_test(bad_headers_are_refused),
        cmocka_unit_test(rounded_integers_are_told),
        cmocka_unit_test(archives_come_back),
        cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(hostile_archives_are_refused),
        cmocka_unit_test(lack_of_memory),
        cmocka_unit_test(idx_files),
#ifdef GRADUS_HAVE_ZLIB
        cmocka_unit_test(compressed_tables),
        cmocka_unit_test(compressed_archives),
#endif
        cmocka_unit_test(specifications),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
