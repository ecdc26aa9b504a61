package model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The worlds found, in the order they were found, each once, and from which each was reached.
///
/// An open-addressing table of numbers over blocks of words; about 40 bytes a world.
final class Visited {

    private static final int BLOCK = 1 << 16;

    private final int words;
    private final List<long[]> blocks = new ArrayList<>();
    private final List<int[]> origins = new ArrayList<>();
    private int[] table = new int[1 << 16];
    private int size;

    Visited(int words) {
        this.words = words;
    }

    int size() {
        return size;
    }

    /// Adds a world unless it is there, and answers whether it was added.
    boolean add(long[] world, int origin) {
        if (size * 3L > table.length * 2L) {
            grow();
        }
        int slot = find(world);
        if (table[slot] != 0) {
            return false;
        }
        if (size % BLOCK == 0) {
            blocks.add(new long[BLOCK * words]);
            origins.add(new int[BLOCK]);
        }
        System.arraycopy(world, 0, blocks.get(size / BLOCK), size % BLOCK * words, words);
        origins.get(size / BLOCK)[size % BLOCK] = origin;
        table[slot] = ++size;
        return true;
    }

    void get(int number, long[] to) {
        System.arraycopy(blocks.get(number / BLOCK), number % BLOCK * words, to, 0, words);
    }

    /// The number of the world it was reached from; -1 for the first.
    int origin(int number) {
        return origins.get(number / BLOCK)[number % BLOCK];
    }

    private int find(long[] world) {
        int slot = hash(world, 0) & table.length - 1;
        while (table[slot] != 0 && !same(table[slot] - 1, world)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean same(int number, long[] world) {
        int from = number % BLOCK * words;
        return Arrays.equals(blocks.get(number / BLOCK), from, from + words, world, 0, words);
    }

    private int hash(long[] words, int from) {
        long hash = 0;
        for (int i = from; i < from + this.words; i++) {
            hash = (hash ^ words[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ hash >>> 32);
    }

    private void grow() {
        int[] bigger = new int[table.length * 2];
        for (int number = 0; number < size; number++) {
            int slot = hash(blocks.get(number / BLOCK), number % BLOCK * words) & bigger.length - 1;
            while (bigger[slot] != 0) {
                slot = slot + 1 & bigger.length - 1;
            }
            bigger[slot] = number + 1;
        }
        table = bigger;
    }
}
