/* A claim beside its numerical derivative, entry by entry, and what is made of it. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_NUMERIC_CHECK_INTERNAL_H
#define GRADUS_NUMERIC_CHECK_INTERNAL_H

#include <gradus/check.h>

typedef struct check_table {
    size_t rows, columns;
    const double *claimed, *numerical, *bound; /* (rows, columns) row-major */
    const int *status;                         /* (rows, columns) */
    unsigned char *verdict;                    /* (rows, columns) enum gradus_check_verdict */
    const double *x; /* (columns) the point; NULL where entries belong to no variable */
    int symmetric;   /* a Hessian */
} check_table;

/* Whether `value` could be the numerical entry k, within its bound. */
int check_agrees(const check_table *t, size_t k, double value);

/* Fills verdicts, counts and the list of entries of the report. */
void check_judge(const check_table *t, gradus_check_report *report);

/* The likely bug of a table with failing entries. */
void check_diagnose(const check_table *t, gradus_check_report *report);

#endif
