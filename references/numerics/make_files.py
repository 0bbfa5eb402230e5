"""Small files written by NumPy and safetensors, as base64. Run: python make_files.py > files.json"""
import base64
import io
import json

import numpy as np
import safetensors
from safetensors.numpy import save

base = np.arange(6).reshape(2, 3)


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return base64.b64encode(out.getvalue()).decode()


def npz(writer, **arrays):
    out = io.BytesIO()
    writer(out, **arrays)
    return base64.b64encode(out.getvalue()).decode()


kinds = ["<f8", ">f8", "<f4", ">f4", "<f2", "<i8", ">i8", "<u8", "<i4", ">i4", "<u4", "<i2", ">i2", "<u2", "|i1", "|u1"]
arrays = {
    "float64": np.array([[0.1, -2.5], [np.pi, 1e300]]),
    "float32": np.array([0.5, -0.25, 3], dtype="float32"),
    "float16": np.array([0, -0.0, 1, 6e-8, 65504, np.inf, 0.1], dtype="float16"),
    "int64": np.array([1, -(2**40)], dtype="int64"),
    "int32": np.array([[7], [-8]], dtype="int32"),
    "uint8": np.array([0, 255], dtype="uint8"),
    "bool": np.array([True, False]),
}
print(json.dumps({
    "provenance": {"tool": f"numpy {np.__version__}, safetensors {safetensors.__version__}", "script": "make_files.py",
                   "licence": "files hold our own numbers"},
    "npy": {kind: npy(base.astype(kind)) for kind in kinds},
    "fortran": npy(np.asfortranarray(np.arange(24.0).reshape(2, 3, 4))),
    "scalar": npy(np.array(2.5)),
    "empty": npy(np.zeros((0, 3))),
    "bool": npy(np.array([True, False])),
    "text": npy(np.array(["a", "bc"])),
    "structured": npy(np.zeros(2, dtype=[("x", "f8"), ("y", "i4")])),
    "half": npy(arrays["float16"]),
    "npz": npz(np.savez, couplings=base / 8, lengths=np.array([3, 4], dtype="int32")),
    "npzCompressed": npz(np.savez_compressed, couplings=base / 8, lengths=np.array([3, 4], dtype="int32")),
    "safetensors": base64.b64encode(save(arrays, metadata={"note": "made by Python"})).decode(),
}, indent=1))
