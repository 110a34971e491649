/* NPY and NPZ against NumPy: what it writes is read, what we write it reads. */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include "reading.h"

#include <math.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/platform.h"
#include "base/random.h"
#include "data/npy.h"
#include "data/npz.h"

static int run_python(const char *python, const char *program) {
    pid_t child = fork();
    if (child == 0) {
        execlp(python, python, "-c", program, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void read_by_name(const char *spec, const dense *expected) {
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    dense a;
    if (!file_read_array(&m, &d, spec, &a))
        fail_msg("%s", d.list.at[0].message);
    if (!same_values(&a, expected))
        fail_msg("%s has other values", spec);
    dense_free(&m, &a);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
}

/* A Python with NumPy, or NULL. */
static const char *find_python(void) {
    static const char *const pythons[] = {"python3", "/usr/bin/python3"};
    for (size_t i = 0; i < 2; i++)
        if (run_python(pythons[i], "import sys, importlib.util as u\n"
                                   "sys.exit(u.find_spec('numpy') is None)") == 0)
            return pythons[i];
    return NULL;
}

static void numpy_writes(const char *python) {
    const char *program =
        "import numpy as np\n"
        "a = np.arange(24.).reshape(2, 3, 4)\n"
        "for t in '<f8 >f8 <f4 >f4 <f2 >f2 i1 u1 <i2 >i2 <u2 <i4 >i4 <u4 <i8 >i8 <u8'.split():\n"
        "    np.save(t.replace('<', 'l').replace('>', 'b'), a.astype(t))\n"
        "    np.save(t.replace('<', 'l').replace('>', 'b') + 'F', np.asfortranarray(a.astype(t)))\n"
        "np.savez('s.npz', a=a, b=a > 3)\n"
        "np.savez_compressed('c.npz', a=a, b=np.array(5))\n"
        "np.savetxt('t.csv', a.reshape(6, 4), delimiter=',')\n";
    assert_int_equal(run_python(python, program), 0);
}

static void we_read(const dense *a) {
    static const char *const files[] = {"lf8", "bf8", "lf4", "bf4", "lf2", "bf2", "i1",  "u1", "li2",
                                        "bi2", "lu2", "li4", "bi4", "lu4", "li8", "bi8", "lu8"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (int f = 0; f < 2; f++) {
            char name[16];
            snprintf(name, sizeof name, "%s%s.npy", files[i], f ? "F" : "");
            read_by_name(name, a);
        }
    read_by_name("s.npz:a", a);
#ifdef GRADUS_HAVE_ZLIB
    read_by_name("c.npz:a", a);
#endif
    dense table = *a;
    table.rank = 2;
    table.shape[0] = 6;
    table.shape[1] = 4;
    read_by_name("t.csv", &table);
    read_by_name("t.csv:1-4", &table);
}

static void we_write(memory *m, diagnostics *d, const dense *a) {
    text t = text_new(m);
    zip_writer w = zip_begin(&t);
    dense number, empty;
    dense_new(m, 0, NULL, &number);
    dense_new(m, 2, (size_t[]){0, 3}, &empty);
    number.values[0] = 0.1;
    assert_true(file_write_npy(m, d, "ours.npy", a));
    read_by_name("ours.npy", a);
    assert_true(npz_add(&w, "a", a) && npz_add(&w, "z", &number) && npz_add(&w, "e", &empty) && zip_end(&w));
    assert_true(platform_replace_file(d, "ours.npz", t.at, t.length));
    text_free(&t);
    dense_free(m, &number);
    dense_free(m, &empty);
}

static void numpy_reads(const char *python) {
    const char *program = "import numpy as np, zipfile\n"
                          "a = np.arange(24.).reshape(2, 3, 4)\n"
                          "b = np.load('ours.npy')\n"
                          "assert b.dtype == '<f8' and b.shape == a.shape and (a == b).all()\n"
                          "assert zipfile.ZipFile('ours.npz').testzip() is None\n"
                          "z = np.load('ours.npz')\n"
                          "assert sorted(z.files) == ['a', 'e', 'z']\n"
                          "assert (z['a'] == a).all() and z['z'] == 0.1 and z['z'].shape == ()\n"
                          "assert z['e'].shape == (0, 3)\n";
    assert_int_equal(run_python(python, program), 0);
}

static void numpy_agrees(void **state) {
    (void)state;
    char directory[] = "/tmp/gradus-test-XXXXXX";
    const char *python = find_python();
    if (!python) {
        print_message("python3 with numpy is not installed: the comparison is left out\n");
        skip();
    }
    assert_non_null(mkdtemp(directory));
    assert_int_equal(chdir(directory), 0);
    memory m = memory_default();
    diagnostics d = diagnostics_new(&m);
    dense a;
    dense_new(&m, 3, (size_t[]){2, 3, 4}, &a);
    for (size_t i = 0; i < 24; i++)
        a.values[i] = (double)i;
    numpy_writes(python);
    we_read(&a);
    we_write(&m, &d, &a);
    numpy_reads(python);
    dense_free(&m, &a);
    diagnostics_free(&d);
    assert_int_equal(m.used, 0);
    assert_int_equal(run_python(python, "import os\nfor f in os.listdir('.'): os.remove(f)"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(directory), 0);
}

/* ---- specifications ---- */

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numpy_agrees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
