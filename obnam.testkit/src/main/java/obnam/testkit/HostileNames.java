package obnam.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import obnam.posix.FileNames;

/// Names that are hard to keep, print, sort or hand to another program.
final class HostileNames {

    private static final int LONGEST = 255;

    private static final List<String> TEXTS = List.of(
            "-rf",
            "--help",
            "--",
            " leading",
            "trailing ",
            "trailing.",
            "...",
            "..hidden",
            "~",
            "$HOME",
            "`id`",
            "$(id)",
            "*.txt",
            "?",
            "[a-z]",
            "!keep",
            "# comment",
            "a\\b",
            "back\\nslash",
            "\\x0a",
            "{a,b}",
            "name: value",
            "\"quoted'",
            "line\nbreak",
            "\n",
            "return\rtab\tform\ffeed",
            "\u001b[2J\u001b]0;title\u0007",
            "\u001b[31mred",
            "CON",
            "nul.txt",
            "Makefile",
            "makefile",
            // Compose to the same letters, and are different names.
            "caf\u00e9",
            "cafe\u0301",
            "\u212b",
            "\u00c5",
            "A\u030a",
            // Writing direction, joiners, no width.
            "photo\u202egnp.exe",
            "\u200f\u05d0\u05d1",
            "zero\u200bwidth",
            "\ufeffmark",
            "line\u2028separator",
            "\ud83d\udc69\u200d\ud83d\ude80",
            "\udbff\udffd");

    /// Not UTF-8: single continuation, cut sequence, overlong, surrogate, above U+10FFFF, Latin-1, a byte order
    /// mark of UTF-16.
    private static final List<String> INVALID =
            List.of("80", "e282", "c0af", "c1bf", "eda080", "f4908080", "ff", "fe ff", "636166e9", "fffe41", "41ff42");

    private final Ground ground;

    HostileNames(Ground ground) {
        this.ground = ground;
    }

    void make() {
        ground.within("single bytes", HostileNames::singleBytes);
        ground.within("texts", texts -> TEXTS.forEach(texts::file));
        ground.within("invalid", HostileNames::invalid);
        ground.within("longest", HostileNames::longest);
        ground.within("directories", HostileNames::directories);
        // No cache: the signature is missing, and what is beside it is to be saved.
        ground.within("cache by name only", cache -> {
            cache.file("CACHEDIR.TAG");
            cache.file("kept");
        });
    }

    /// Every byte but NUL and `/`. A dot alone is taken by the directory itself, so it gets company.
    private static void singleBytes(Ground ground) {
        for (int value = 1; value < 256; value++) {
            byte[] name = {(byte) value};
            if (value == '.') {
                name = new byte[] {'.', '.', '.'};
            }
            if (value != '/') {
                ground.file(name, name);
            }
        }
    }

    private static void invalid(Ground ground) {
        for (String hex : INVALID) {
            byte[] name = HexFormat.of().parseHex(hex.replace(" ", ""));
            // Some file systems take UTF-8 only.
            ground.attempt("the name " + hex, () -> ground.file(name, name));
        }
    }

    private static void longest(Ground ground) {
        for (int value : new int[] {'x', '\n', 0xff, ' ', 1}) {
            byte[] name = filled(value);
            ground.attempt("255 bytes " + value, () -> ground.file(name, name));
        }
        ground.file("\u00e9".repeat(127) + "e");
        // 85 characters of 3 bytes, which take more room in UTF-16 or escaped.
        ground.file("\u20ac".repeat(85));
    }

    private static void directories(Ground ground) {
        for (byte[] name :
                List.of(filled('d'), FileNames.of("\u001b[1m\n"), new byte[] {(byte) 0xfe}, latin1("\u00e9"))) {
            ground.attempt(
                    "the directory " + FileNames.display(name),
                    () -> ground.within(name, inner -> inner.file(name, name)));
        }
    }

    static byte[] filled(int value) {
        byte[] name = new byte[LONGEST];
        Arrays.fill(name, (byte) value);
        return name;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
