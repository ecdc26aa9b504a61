package obnam.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Lines of columns, each as wide as its widest cell.
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /// @param headings of the columns
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /// Adds a line.
    ///
    /// @param cells as many as there are headings
    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    /// The lines, the headings first.
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - width(row.get(i)) + 2);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
