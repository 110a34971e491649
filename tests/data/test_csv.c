/* CSV: what is read, what is refused and where, columns, names, lack of memory. */
/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include "base/random.h"
#include "data/csv.h"

/* `values` row by row, the last argument the number of columns. */
static void expect_table(const char *csv, const char *columns, size_t rows, size_t width,
                         const double *values) {
    reading r;
    reading_begin(&r, "f.csv", csv, strlen(csv), columns);
    if (!r.good)
        fail_msg("refused: %s\n%s", r.d.list.at[0].message, csv);
    assert_int_equal(r.a.rank, 2);
    assert_int_equal(r.a.shape[0], rows);
    assert_int_equal(r.a.shape[1], width);
    assert_memory_equal(r.a.values, values, rows * width * sizeof *values);
    reading_end(&r);
}

static void refused(const char *csv, const char *columns, const char *code, const char *words) {
    expect_refused("f.csv", csv, strlen(csv), columns, code, words);
}

static const double one_to_six[] = {1, 2, 3, 4, 5, 6};

static void tables_of_all_kinds(void **state) {
    (void)state;
    static const char *const tables[] = {
        "1,2,3\n4,5,6\n",
        "1,2,3\r\n4,5,6",
        "1,2,3\r4,5,6\r",
        "\xEF\xBB\xBF"
        "1,2,3\n4,5,6\n",
        "a,b,c\n1,2,3\n4,5,6\n",
        "\xEF\xBB\xBF"
        "a,b,c\r\n1,2,3\r\n4,5,6\r\n",
        "1;2;3\n4;5;6\n",
        "1\t2\t3\n4\t5\t6\n",
        "\n\n1, 2 ,  3\n\n  \n4,5,6\n\n",
        "\"a\",\"b, or \"\"c\"\"\",\"d\ne\"\n1,2,3\n4,5,6\n",
        "\"1\",\"2\",3\n4, \"5\" ,6\n",
        "+1,2.0,3e0\n4,.5e1,60e-1\n",
        "150,4,setosa\n1,2,3\n4,5,6\n",
        "name,2019,2020\n1,2,3\n4,5,6\n",
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        expect_table(tables[i], NULL, 2, 3, one_to_six);
}

static void columns_are_chosen(void **state) {
    (void)state;
    const char *csv = "age,height,w-1\n1,2,3\n4,5,6\n";
    expect_table(csv, "1-3", 2, 3, one_to_six);
    expect_table(csv, "1-", 2, 3, one_to_six);
    expect_table(csv, "", 2, 3, one_to_six);
    expect_table(csv, "age,height,w-1", 2, 3, one_to_six);
    expect_table(csv, "2", 2, 1, (double[]){2, 5});
    expect_table(csv, "w-1, age", 2, 2, (double[]){3, 1, 6, 4});
    expect_table(csv, "3,1-2,3", 2, 4, (double[]){3, 1, 2, 3, 6, 4, 5, 6});
    /* Text is no hindrance in a column that is not chosen. */
    expect_table("a,species,c\n1,setosa,3\n4,virginica,6\n", "1,3", 2, 2, (double[]){1, 3, 4, 6});
    refused(csv, "4", "E314", "its columns are 1 to 3");
    refused(csv, "0", "E314", "no column 0");
    refused(csv, "2-9", "E314", "no column 9");
    refused(csv, "3-1", "E314", "write 1-3");
    refused(csv, "99999999999999999999999", "E314", "no column '99999999999999999999999'");
    refused(csv, "hieght", "E314", "did you mean 'height'?");
    refused(csv, "1,,2", "E314", "no column ''");
    refused("1,2\n3,4\n", "age", "E314", "no line of names");
}

static void names_are_kept(void **state) {
    (void)state;
    memory m = memory_default();
    csv_table t;
    const char *csv = "x,\"a \"\"b\"\"\",z\n1,2,3\n";
    assert_true(csv_read(&(data_source){&m, NULL, "f"}, csv, strlen(csv), "2-3", &t));
    assert_string_equal(t.names[0], "a \"b\"");
    assert_string_equal(t.names[1], "z");
    assert_true(t.values.integral);
    csv_free(&m, &t);
    assert_true(csv_read(&(data_source){&m, NULL, "f"}, "1.5", 3, NULL, &t));
    assert_null(t.names);
    assert_false(t.values.integral);
    csv_free(&m, &t);
    assert_int_equal(m.used, 0);
}

static void an_ambiguous_first_line_is_told(void **state) {
    (void)state;
    reading r;
    const char *csv = "5.1,3.5,setosa\n4.9,3.0,setosa\n";
    reading_begin(&r, "f.csv", csv, strlen(csv), "1-2");
    assert_true(r.good);
    assert_int_equal(r.a.shape[0], 2);
    assert_int_equal(r.d.list.count, 1);
    assert_string_equal(r.d.list.at[0].code, "W310");
    reading_end(&r);
}

static void bad_tables_are_refused(void **state) {
    (void)state;
    refused("", NULL, "E315", "empty");
    refused("\n\r\n  \n", NULL, "E315", "empty");
    refused("a,b\n", NULL, "E315", "no row");
    refused("1,2\n3\n", NULL, "E311", "line 2 has 1 field, line 1 has 2");
    refused("a,b\n\n1,2\n3,4,5\n", NULL, "E311", "line 4 has 3 fields, line 1 has 2");
    refused("age,b\n1,2\n,4\n", NULL, "E312", "line 3, column 1 ('age')");
    refused("1,NA\n", NULL, "E312", "line 1, column 2");
    refused("1,2\n3,nan\n", NULL, "E312", "'nan'");
    refused("1,2\n-inf,4\n", NULL, "E312", "'-inf'");
    refused("1,2\n3,1e999\n", NULL, "E316", "'1e999'");
    refused("a,b\n1,x\n", NULL, "E313", "line 2, column 2 ('b'): 'x' is not a number");
    refused("a\n1 2\n", NULL, "E313", "separate the fields");
    refused("a;b\n1,5;2\n", NULL, "E313", "decimal point");
    refused("a,b\n\"1,5\",2\n", NULL, "E313", "decimal point");
    refused("a,b\n0x10,2\n", NULL, "E313", "'0x10'");
    refused("a,b\n1,\"2\n3,4\n", NULL, "E310", "line 2: a quoted field does not end");
    refused("a,b\n1,\"2\"x\n", NULL, "E310", "line 2: text after a quoted field");
    refused("\xFF\xFE"
            "1\0",
            NULL, "E310", "UTF-16");
    expect_refused("f.csv", "1,2\n3,\0\n", 8, NULL, "E313", "line 2, column 2");
    /* Lines are counted through quoted line breaks. */
    refused("\"a\nb\",c\n1,2\n3,x\n", NULL, "E313", "line 4, column 2");
}

static void all_errors_up_to_twenty(void **state) {
    (void)state;
    reading r;
    text csv = text_new(&(memory){.resize = memory_default().resize});
    for (int i = 0; i < 100; i++)
        text_append(&csv, i % 2 ? "1,2\n" : "1,NA\n");
    reading_begin(&r, "f.csv", csv.at, csv.length, NULL);
    assert_false(r.good);
    assert_int_equal(r.d.errors, 20);
    reading_end(&r);
    text_clear(&csv);
    for (int i = 0; i < 100; i++)
        text_append(&csv, i ? "1,setosa\n" : "a,b\n");
    reading_begin(&r, "f.csv", csv.at, csv.length, NULL);
    assert_int_equal(r.d.errors, 1); /* a column of text is reported once */
    reading_end(&r);
    csv.at[1] = '5'; /* and so is a first line that is not like all others */
    reading_begin(&r, "f.csv", csv.at, csv.length, NULL);
    assert_int_equal(r.d.errors, 1);
    assert_string_equal(r.d.list.at[0].code, "E311");
    reading_end(&r);
    text_free(&csv);
}

/* Tables written with shortest numbers come back bit by bit. */
static void numbers_come_back(void **state) {
    (void)state;
    memory m = memory_default();
    random_stream s = {11, 0, 0};
    for (int round = 0; round < 50; round++) {
        size_t rows = 1 + random_below(&s, 20), width = 1 + random_below(&s, 6);
        double values[120];
        text csv = text_new(&m);
        for (size_t i = 0; i < rows * width; i++) {
            values[i] = random_normal(&s) * (i % 3 ? 1e-9 : 1e200);
            text_append_number(&csv, values[i]);
            text_append_char(&csv, (i + 1) % width ? ',' : '\n');
        }
        expect_table(csv.at, NULL, rows, width, values);
        text_free(&csv);
    }
    assert_int_equal(m.used, 0);
}

static void lack_of_memory(void **state) {
    (void)state;
    const char *csv = "age,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n4,5,6\n";
    fail_each_allocation("f.csv", csv, strlen(csv), "age,2-3");
}

/* One long line, and one quoted field that never ends: linear time, a clean answer. */
static void long_lines(void **state) {
    (void)state;
    enum { N = 4000000 };
    char *s = malloc(N);
    memset(s, '1', N);
    expect_refused("f.csv", s, N, NULL, "E316", "larger than any number");
    memset(s, ',', N);
    expect_refused("f.csv", s, N, NULL, "E314", "more than 1000000 columns");
    memset(s, '"', N - 1);
    s[N - 1] = 'x';
    expect_refused("f.csv", s, N, NULL, "E310", "line 1");
    free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_all_kinds),
        cmocka_unit_test(columns_are_chosen),
        cmocka_unit_test(names_are_kept),
        cmocka_unit_test(an_ambiguous_first_line_is_told),
        cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(all_errors_up_to_twenty),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(lack_of_memory),
        cmocka_unit_test(long_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
