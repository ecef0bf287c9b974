package io.ghala.parquetwriter;

/** A stable sort of numbers by an order of their own, without boxing them. */
final class MergeSort {
    private static final int SMALL = 8;

    private MergeSort() {}

    /** Compares two of the numbers. */
    interface Order {
        int compare(long left, long right);
    }

    static void sort(long[] values, Order order) {
        sort(values.clone(), values, 0, values.length, order);
    }

    /** Sorts the range of {@code from} into {@code to}; both hold the same numbers there. */
    private static void sort(long[] from, long[] to, int start, int end, Order order) {
        if (end - start <= SMALL) {
            insert(to, start, end, order);
            return;
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle, order);
        sort(to, from, middle, end, order);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (right == end || (left < middle && order.compare(from[left], from[right]) <= 0)) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }

    private static void insert(long[] values, int start, int end, Order order) {
        for (int i = start + 1; i < end; i++) {
            long value = values[i];
            int at = i;
            while (at > start && order.compare(values[at - 1], value) > 0) {
                values[at] = values[at - 1];
                at--;
            }
            values[at] = value;
        }
    }
}
