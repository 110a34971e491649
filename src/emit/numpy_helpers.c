/* The helper functions of emitted modules, in NumPy alone, each after those that it calls. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "emit/numpy_internal.h"

typedef struct helper {
    const char *call, *source;
} helper;

static const helper helpers[] = {
    {"_sigmoid(", "def _sigmoid(x):\n"
                  "    e = np.exp(-np.abs(x))\n"
                  "    return np.where(x >= 0, 1.0/(1.0 + e), e/(1.0 + e))\n"},
    {"_erf(", "def _erf(x):\n"
              "    from math import erf\n"
              "    return np.vectorize(erf, otypes=[float])(x)\n"},
    {"_logsumexp(", "def _logsumexp(x, axis):\n"
                    "    m = np.max(x, axis=axis, keepdims=True)\n"
                    "    m = np.where(np.isfinite(m), m, 0.0)\n"
                    "    return np.log(np.sum(np.exp(x - m), axis=axis)) + np.squeeze(m, axis=axis)\n"},
    {"_softmax(", "def _softmax(x, axis):\n"
                  "    e = np.exp(x - np.max(x, axis=axis, keepdims=True))\n"
                  "    return e/np.sum(e, axis=axis, keepdims=True)\n"},
    {"_argmax(", "def _argmax(x, axis):\n"
                 "    k = 1 if np.isscalar(axis) else len(axis)\n"
                 "    return np.argmax(x.reshape(x.shape[:x.ndim - k] + (-1,)), axis=-1).astype(float)\n"},
    {"_onehotmax(", "def _onehotmax(x, axis):\n"
                    "    k = 1 if np.isscalar(axis) else len(axis)\n"
                    "    flat = x.reshape(x.shape[:x.ndim - k] + (-1,))\n"
                    "    hot = np.argmax(flat, axis=-1)[..., None] == np.arange(flat.shape[-1])\n"
                    "    return hot.reshape(x.shape)*1.0\n"},
    {"_prodothers(", "def _prodothers(x):\n"
                     "    one = np.ones(x.shape[:-1] + (1,))\n"
                     "    before = np.cumprod(np.concatenate((one, x[..., :-1]), axis=-1), axis=-1)\n"
                     "    behind = np.cumprod(np.concatenate((one, x[..., :0:-1]), axis=-1), axis=-1)\n"
                     "    return before*behind[..., ::-1]\n"},
    {"_adj(", "def _adj(x):\n"
              "    n = x.shape[-1]\n"
              "    minors = [[np.linalg.det(np.delete(np.delete(x, i, -2), j, -1))*(-1.0)**(i + j)\n"
              "               for i in range(n)] for j in range(n)]\n"
              "    return np.moveaxis(np.array(minors), (0, 1), (-2, -1))\n"},
    {"_pinv(", "def _pinv(x):\n"
               "    return np.linalg.pinv(x, rcond=64*max(x.shape[-2:])*np.finfo(float).eps)\n"},
    {"_eigh(", "def _eigh(x):\n"
               "    w, v = np.linalg.eigh(0.5*(x + np.swapaxes(x, -1, -2)))\n"
               "    k = np.argmax(np.abs(v), axis=-2)[..., None, :]\n"
               "    return w, v*np.where(np.take_along_axis(v, k, axis=-2) < 0, -1.0, 1.0)\n"},
    {"_vmax(", "def _vmax(x):\n"
               "    w, v = _eigh(x)\n"
               "    least = 64*w.shape[-1]*np.finfo(float).eps*np.max(np.abs(w), axis=-1)\n"
               "    gap = w[..., -1] - w[..., -2] if w.shape[-1] > 1 else np.inf\n"
               "    return np.where((gap <= least)[..., None], np.nan, v[..., -1])\n"},
    {"_polar(", "def _polar(x):\n"
                "    u, _, v = np.linalg.svd(x, full_matrices=False)\n"
                "    return u @ v\n"},
    {"_toepsum(", "def _toepsum(x):\n"
                  "    n = x.shape[-1]\n"
                  "    y = np.zeros(x.shape)\n"
                  "    for k in range(1 - n, n):\n"
                  "        i = np.arange(max(0, -k), min(n, n - k))\n"
                  "        y[..., i, i + k] = np.sum(x[..., i, i + k], axis=-1, keepdims=True)\n"
                  "    return y\n"},
    {"_over_norm(",
     "def _over_norm(x):\n"
     "    return np.divide(1.0, x, out=np.zeros_like(x, dtype=float), where=np.asarray(x) != 0)\n"},
    {"_block(", "def _block(a, e):\n"
                "    z = np.zeros(a.shape)\n"
                "    top, bottom = np.concatenate([a, e], axis=-1), np.concatenate([z, a], axis=-1)\n"
                "    return np.concatenate([top, bottom], axis=-2)\n"},
    {"_frechet(", "def _frechet(f, a, e):\n"
                  "    n = a.shape[-1]\n"
                  "    size, length = np.max(np.abs(a), initial=0.0), np.max(np.abs(e), initial=0.0)\n"
                  "    s = (size if size > 0 else 1.0)/(length if length > 0 else 1.0)\n"
                  "    return f(_block(np.broadcast_to(a, e.shape), s*e))[..., :n, n:]/s\n"},
    {"_halvings(", "def _halvings(x):\n"
                   "    norm = np.max(np.sum(np.abs(x), axis=-1), initial=0.0)\n"
                   "    return max(0, int(np.ceil(np.log2(norm/0.5)))) if norm > 0.5 else 0\n"},
    {"_expm(", "def _expm(x):\n"
               "    one, s = np.eye(x.shape[-1]), _halvings(x)\n"
               "    b = x/2.0**s\n"
               "    y = one + np.zeros(x.shape)\n"
               "    for k in range(16, 0, -1):\n"
               "        y = one + y @ b/k\n"
               "    for _ in range(s):\n"
               "        y = y @ y\n"
               "    return y\n"},
    {"_circle(",
     "def _circle(x):\n"
     "    one, s = np.eye(x.shape[-1]), _halvings(x)\n"
     "    b = x/2.0**s\n"
     "    b2 = b @ b\n"
     "    sine = cosine = one + np.zeros(x.shape)\n"
     "    for k in range(9, 0, -1):\n"
     "        sine, cosine = one - sine @ b2/(2.0*k*(2*k + 1)), one - cosine @ b2/(2.0*k*(2*k - 1))\n"
     "    sine = b @ sine\n"
     "    for _ in range(s):\n"
     "        sine, cosine = 2.0*sine @ cosine, one - 2.0*sine @ sine\n"
     "    return sine, cosine\n"},
    {"_sinm(", "def _sinm(x):\n"
               "    return _circle(x)[0]\n"},
    {"_cosm(", "def _cosm(x):\n"
               "    return _circle(x)[1]\n"},
    {"_sqrtm(", "def _sqrtm(x):\n"
                "    one = np.eye(x.shape[-1])\n"
                "    m, y, u = x, x, 1.0\n"
                "    for k in range(60):\n"
                "        far = np.max(np.abs(m - one), initial=0.0)\n"
                "        if far <= 1e-15*max(1, x.shape[-1]):\n"
                "            break\n"
                "        inverse = np.linalg.inv(m)\n"
                "        if far > 0.01:\n"
                "            sums = [np.max(np.sum(np.abs(a), axis=-1), axis=-1) for a in (inverse, m)]\n"
                "            u = np.sqrt(np.sqrt(sums[0]/sums[1]))[..., None, None]\n"
                "        else:\n"
                "            u = 1.0\n"
                "        y = 0.5*(u*y + y @ inverse/u)\n"
                "        m = 0.25*(2.0*one + u*u*m + inverse/(u*u))\n"
                "    return np.where(np.max(np.abs(m - one), initial=0.0) < 1e-6, y, np.nan)\n"},
    {"_logm(", "def _logm(x):\n"
               "    one, s = np.eye(x.shape[-1]), 0\n"
               "    while np.max(np.sum(np.abs(x - one), axis=-1), initial=0.0) > 0.25 and s < 60:\n"
               "        x, s = _sqrtm(x), s + 1\n"
               "    z = (x - one) @ np.linalg.inv(x + one)\n"
               "    z2 = z @ z\n"
               "    y = one/23.0 + np.zeros(x.shape)\n"
               "    for k in range(10, -1, -1):\n"
               "        y = one/(2.0*k + 1.0) + y @ z2\n"
               "    return 2.0**(s + 1)*z @ y\n"},
    {"_expm_frechet(", "def _expm_frechet(a, e):\n"
                       "    return _frechet(lambda x: _expm(x), a, e)\n"},
    {"_logm_frechet(", "def _logm_frechet(a, e):\n"
                       "    return _frechet(lambda x: _logm(x), a, e)\n"},
    {"_sinm_frechet(", "def _sinm_frechet(a, e):\n"
                       "    return _frechet(lambda x: _sinm(x), a, e)\n"},
    {"_cosm_frechet(", "def _cosm_frechet(a, e):\n"
                       "    return _frechet(lambda x: _cosm(x), a, e)\n"},
    {"_second(", "def _second(first, a, e, f):\n"
                 "    n = a.shape[-1]\n"
                 "    size, length = np.max(np.abs(a), initial=0.0), np.max(np.abs(e), initial=0.0)\n"
                 "    s = (size if size > 0 else 1.0)/(length if length > 0 else 1.0)\n"
                 "    a, e, f = np.broadcast_arrays(a, e, f)\n"
                 "    return first(_block(a, s*e), _block(f, 0.0*f))[..., :n, n:]/s\n"},
    {"_expm_frechet2(", "def _expm_frechet2(a, e, f):\n"
                        "    return _second(lambda x, y: _expm_frechet(x, y), a, e, f)\n"},
    {"_logm_frechet2(", "def _logm_frechet2(a, e, f):\n"
                        "    return _second(lambda x, y: _logm_frechet(x, y), a, e, f)\n"},
    {"_sinm_frechet2(", "def _sinm_frechet2(a, e, f):\n"
                        "    return _second(lambda x, y: _sinm_frechet(x, y), a, e, f)\n"},
    {"_cosm_frechet2(", "def _cosm_frechet2(a, e, f):\n"
                        "    return _second(lambda x, y: _cosm_frechet(x, y), a, e, f)\n"},
    {"_sylvester(", "def _sylvester(a, b, c):\n"
                    "    m, n = c.shape[-2:]\n"
                    "    k = a[..., :, None, :, None]*np.eye(n)[:, None, :]\n"
                    "    k = k + np.eye(m)[:, None, :, None]*np.swapaxes(b, -1, -2)[..., None, :, None, :]\n"
                    "    k = k.reshape(k.shape[:-4] + (m*n, m*n))\n"
                    "    return np.linalg.solve(k, c.reshape(c.shape[:-2] + (m*n, 1))).reshape(c.shape)\n"},
    {"_chol(", "def _chol(x):\n"
               "    return np.linalg.cholesky(0.5*(x + np.swapaxes(x, -1, -2)))\n"},
};

void numpy_helpers(uint64_t used, text *out) {
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (used >> i & 1)
            text_format(out, "\n\n%s", helpers[i].source);
}

/* A helper comes after those that it calls. */
void numpy_note_helpers(numpy *n, const char *s) {
    const size_t count = sizeof helpers / sizeof *helpers;
    uint64_t before = n->helpers;
    for (size_t i = 0; i < count; i++)
        if (strstr(s, helpers[i].call))
            n->helpers |= (uint64_t)1 << i;
    for (size_t i = count; i-- > 0;)
        for (size_t j = 0; ((n->helpers & ~before) >> i & 1) && j < i; j++)
            if (strstr(helpers[i].source, helpers[j].call))
                n->helpers |= (uint64_t)1 << j;
}
