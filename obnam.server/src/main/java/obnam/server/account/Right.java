package obnam.server.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import obnam.api.UsageException;

/// What a token may do.
public enum Right {
    /// See and read what is there.
    READ,
    /// Put objects, and take away the notices of unfinished runs.
    ADD,
    /// Delete anything, as far as the account's rules allow.
    DELETE,
    /// See the server's status and metrics, and nothing of any tenant's.
    ADMIN;

    /// As it is written in files and options.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads a list such as `read,add`.
    ///
    /// @throws UsageException if one of them is none
    public static Set<Right> parse(String list) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String each : list.split(",", -1)) {
            rights.add(Arrays.stream(values())
                    .filter(right -> right.text().equals(each.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "there is no such right", each, "There are: " + format(EnumSet.allOf(Right.class)))));
        }
        return rights;
    }

    /// The list as [#parse] reads it.
    public static String format(Set<Right> rights) {
        return rights.stream().sorted().map(Right::text).collect(Collectors.joining(","));
    }
}
