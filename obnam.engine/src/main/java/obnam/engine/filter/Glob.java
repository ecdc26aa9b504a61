package obnam.engine.filter;

import java.util.Arrays;

/// The pattern of one part of a path: characters, `?`, `*` and sets.
///
/// As for `**` in [PathPattern], only the last `*` that was met is ever extended.
final class Glob {

    /// A step that takes one character, whichever.
    static final int ANY = -1;

    /// A step that takes any number of characters.
    static final int STAR = -2;

    /// The step for set 0; the one for set k is `FIRST_SET - k`.
    static final int FIRST_SET = -3;

    private final int[] steps;
    private final CharacterSet[] sets;
    private final byte[] literal;
    private final Shape shape;

    /// The shapes most patterns have are compared as bytes.
    private enum Shape {
        LITERAL,
        SUFFIX,
        GENERAL
    }

    /// @param steps characters as [Characters] has them, or one of the constants above
    Glob(int[] steps, CharacterSet[] sets) {
        this.steps = steps;
        this.sets = sets;
        boolean suffix = steps.length > 0 && steps[0] == STAR;
        int start = suffix ? 1 : 0;
        if (Arrays.stream(steps, start, steps.length).allMatch(step -> step >= 0 && step < 0x80)) {
            shape = suffix ? Shape.SUFFIX : Shape.LITERAL;
            literal = new byte[steps.length - start];
            for (int i = 0; i < literal.length; i++) {
                literal[i] = (byte) steps[start + i];
            }
        } else {
            shape = Shape.GENERAL;
            literal = new byte[0];
        }
    }

    /// Whether all of `text` from `from` to `end` fits.
    boolean matches(byte[] text, int from, int end) {
        return switch (shape) {
            case LITERAL -> Arrays.equals(text, from, end, literal, 0, literal.length);
            case SUFFIX ->
                end - from >= literal.length
                        && Arrays.equals(text, end - literal.length, end, literal, 0, literal.length);
            case GENERAL -> matchesSteps(text, from, end);
        };
    }

    private boolean matchesSteps(byte[] text, int from, int end) {
        int step = 0;
        int at = from;
        int stepAfterStar = -1;
        int retryAt = 0;
        while (at < end) {
            if (step < steps.length && steps[step] == STAR) {
                step++;
                stepAfterStar = step;
                retryAt = at;
                continue;
            }
            long read = Characters.read(text, at, end);
            if (step < steps.length && accepts(steps[step], Characters.character(read))) {
                step++;
                at += Characters.length(read);
            } else if (stepAfterStar < 0) {
                return false;
            } else {
                retryAt += Characters.length(Characters.read(text, retryAt, end));
                at = retryAt;
                step = stepAfterStar;
            }
        }
        while (step < steps.length && steps[step] == STAR) {
            step++;
        }
        return step == steps.length;
    }

    private boolean accepts(int step, int character) {
        if (step >= 0) {
            return step == character;
        }
        return step == ANY || sets[FIRST_SET - step].contains(character);
    }
}
