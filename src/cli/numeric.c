/* What commands say of numerical derivatives: bounds, evaluations, remarks. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>

#include "cli/cli.h"
#include "cli/terminal.h"

cJSON *json_number(double x) {
    return isfinite(x) ? cJSON_CreateNumber(x) : cJSON_CreateNull();
}

void json_outcome(cJSON *o, int outcome) {
    static const char *const names[] = {
#define OUTCOME_NAME(name, text) #name,
        GRADUS_NUMERIC_STATUS_LIST(OUTCOME_NAME)
#undef OUTCOME_NAME
    };
    bool known = outcome >= 0 && outcome < GRADUS_NUMERIC_STATUS_COUNT;
    const char *s = known ? names[outcome] : "UNKNOWN";
    char name[40];
    size_t i = 0;
    for (; s[i] && i < sizeof name - 1; i++)
        name[i] = (char)tolower((unsigned char)s[i]);
    name[i] = '\0';
    cJSON_AddStringToObject(o, "status", name);
}

void numeric_json(cJSON *o, const numeric *n) {
    cJSON_AddItemToObject(o, "value", json_array_values(&n->value));
    cJSON_AddItemToObject(o, "bound", json_array_values(&n->bound));
    cJSON_AddNumberToObject(o, "evaluations", (double)n->report.evaluations);
    cJSON_AddItemToObject(o, "noise", json_number(n->report.noise));
    json_outcome(o, n->outcome);
}

/* Entries with a finite value and bound; *worst: the largest bound of these. */
static size_t known_entries(const numeric *n, double *worst) {
    size_t known = 0;
    *worst = 0;
    for (size_t i = 0; i < n->value.count; i++) {
        if (!isfinite(n->value.values[i]) || !isfinite(n->bound.values[i]))
            continue;
        known++;
        *worst = fmax(*worst, n->bound.values[i]);
    }
    return known;
}

int numeric_exit(const numeric *n) {
    double worst;
    return known_entries(n, &worst) || n->value.count == 0 ? 0 : 4;
}

int numeric_print(const numeric *n) {
    FILE *talk = terminal_is(1) ? stdout : stderr;
    double worst;
    size_t known = known_entries(n, &worst);
    fflush(stdout);
    fprintf(talk, "numerical: %zu evaluations", n->report.evaluations);
    if (known)
        fprintf(talk, ", error at most %.0e", worst);
    if (known < n->value.count)
        fprintf(talk, ", %zu of %zu entries unknown", n->value.count - known, n->value.count);
    fputc('\n', talk);
    if (n->outcome != GRADUS_NUMERIC_OK)
        fprintf(talk, "remark: %s\n", gradus_numeric_status_text(n->outcome));
    return numeric_exit(n);
}
