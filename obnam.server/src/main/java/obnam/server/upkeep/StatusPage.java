package obnam.server.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import obnam.server.account.Account;
import obnam.server.account.Accounts;
import obnam.server.account.Right;
import obnam.server.repository.Repositories;
import obnam.server.repository.ScrubState;
import obnam.server.repository.Usage;

/// The operator's page: one HTML document that loads nothing else.
public final class StatusPage implements Supplier<String> {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 240;
    private static final String[] COLOURS = {"#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#7f7f7f"
    };
    private static final String STYLE = """
            body { font: 15px sans-serif; margin: 2em auto; max-width: 64em; color: #222; background: #fff }
            table { border-collapse: collapse; margin: 1em 0 } td, th { text-align: left; padding: .3em 1em .3em 0;
            border-bottom: 1px solid #ddd; vertical-align: top } td.number { text-align: right } .bad { color: #b00020 }
            @media (prefers-color-scheme: dark) { body { color: #ddd; background: #1c1c1c } td, th { border-color: #444 } }
            """;

    private final Supplier<Accounts> accounts;
    private final Repositories repositories;
    private final UsageHistory history;
    private final LastBackups backups;
    private final InstantSource clock;

    /// @param clock for ages
    public StatusPage(
            Supplier<Accounts> accounts,
            Repositories repositories,
            UsageHistory history,
            LastBackups backups,
            InstantSource clock) {
        this.accounts = accounts;
        this.repositories = repositories;
        this.history = history;
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public String get() {
        List<Account> tenants = accounts.get().all().stream()
                .filter(account -> account.tokens().stream()
                        .noneMatch(token -> token.rights().contains(Right.ADMIN)))
                .toList();
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Obnam server</title><style>\n"
                + STYLE
                + "</style></head><body>\n<h1>Obnam server</h1>\n<h2>Space</h2>\n"
                + plot(history.samples())
                + "<h2>Accounts</h2>\n<table id=\"accounts\"><tr><th>account</th><th>space</th><th>quota</th>"
                + "<th>repositories, last checked</th><th>last backup</th></tr>\n"
                + tenants.stream().map(this::row).collect(Collectors.joining())
                + "</table>\n</body></html>\n";
    }

    private String row(Account account) {
        Usage usage = repositories.usage(account);
        String quota = account.rules().quota().isPresent()
                ? size(account.rules().quota().getAsLong())
                : "–";
        String names = repositories.names(account.id()).stream()
                .map(name -> escaped(name) + ": " + checked(ScrubState.of(repositories, account, name)))
                .collect(Collectors.joining("<br>"));
        String devices = account.tokens().stream()
                .map(token -> escaped(token.device()) + ": "
                        + backups.of(token.id()).map(this::ago).orElse("none since the start"))
                .collect(Collectors.joining("<br>"));
        return "<tr><td>" + escaped(account.name()) + "</td><td class=\"number\">" + size(usage.bytes())
                + "</td><td class=\"number\">" + quota + "</td><td>" + names + "</td><td>" + devices + "</td></tr>\n";
    }

    private String checked(ScrubState state) {
        String going = state.begun().isEmpty() ? "" : " (" + state.checked() + " of the next round)";
        if (state.finished().isEmpty()) {
            return "never" + going;
        }
        int damaged = state.lastDamaged().size();
        String found = damaged == 0 ? "good" : "<span class=\"bad\">" + damaged + " damaged</span>";
        return ago(Instant.parse(state.finished())) + ", " + found + going;
    }

    private String ago(Instant time) {
        Duration age = Duration.between(time, clock.instant());
        if (age.toDays() > 0) {
            return age.toDays() + " days ago";
        }
        return age.toHours() > 0 ? age.toHours() + " h ago" : Math.max(0, age.toMinutes()) + " min ago";
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A line for each account, in time and bytes.
    private static String plot(List<UsageHistory.Sample> samples) {
        if (samples.size() < 2) {
            return "<p>Not enough samples yet: one is taken every hour.</p>\n";
        }
        long first = samples.getFirst().time().getEpochSecond();
        long span = Math.max(1, samples.getLast().time().getEpochSecond() - first);
        long most = Math.max(
                1, samples.stream().mapToLong(UsageHistory.Sample::bytes).max().orElse(1));
        Map<String, StringBuilder> lines = new TreeMap<>();
        for (UsageHistory.Sample each : samples) {
            double x = (double) WIDTH * (each.time().getEpochSecond() - first) / span;
            double y = HEIGHT - (double) HEIGHT * each.bytes() / most;
            lines.computeIfAbsent(each.account(), _ -> new StringBuilder())
                    .append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        StringBuilder svg =
                new StringBuilder("<svg id=\"space\" role=\"img\" aria-label=\"space over time\" viewBox=\"0 -20 "
                        + (WIDTH + 10) + " " + (HEIGHT + 45)
                        + "\" width=\"100%\">\n<text x=\"0\" y=\"-6\" font-size=\"12\""
                        + " fill=\"currentColor\">" + size(most) + "</text><path d=\"M0 0V" + HEIGHT + "H" + WIDTH
                        + "\" fill=\"none\" stroke=\"currentColor\"/>\n");
        int number = 0;
        for (Map.Entry<String, StringBuilder> line : lines.entrySet()) {
            String colour = COLOURS[number % COLOURS.length];
            svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\""
                    + line.getValue() + "\"><title>" + escaped(line.getKey()) + "</title></polyline>\n");
            if (number < 8) {
                svg.append("<text x=\"" + (number * 110) + "\" y=\"" + (HEIGHT + 18) + "\" font-size=\"12\" fill=\""
                        + colour + "\">" + escaped(line.getKey()) + "</text>\n");
            }
            number++;
        }
        return svg + "</svg>\n";
    }
}
