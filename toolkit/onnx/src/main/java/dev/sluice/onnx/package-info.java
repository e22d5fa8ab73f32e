/**
 * Models as standard ONNX graphs, so that programs without this library can run them: {@link dev.sluice.onnx.OnnxModel} makes and writes one.
 */
package dev.sluice.onnx;
