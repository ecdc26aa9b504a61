package obnam.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what a misspelt word was meant to be.
final class Nearest {

    private Nearest() {}

    /// The word that is nearest to `word`, if one is near.
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > 40) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// The number of characters to insert, delete, replace, or swap with their neighbour (optimal string
    /// alignment).
    static int distance(String one, String other) {
        int[][] table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                table[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : best(table, one, other, i, j);
            }
        }
        return table[one.length()][other.length()];
    }

    private static int best(int[][] table, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(table[i - 1][j - 1] + change, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
