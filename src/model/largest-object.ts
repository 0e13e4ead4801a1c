/**
 * The API server takes no ConfigMap and no Secret whose values are larger together (MaxSecretSize in
 * pkg/apis/core/types.go), so nothing reads a longer text.
 */
export const LARGEST_VALUE: number = 1024 * 1024;
