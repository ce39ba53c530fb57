import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the files that a page shows into an empty folder: {@code java FromPage.java page.md project folder}. */
final class FromPage {
    private FromPage() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected: page.md project folder");
        }
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        Pattern mark = Pattern.compile("<!-- snippet: " + Pattern.quote(arguments[1]) + "/(\\S+)#file -->");
        Path folder = Path.of(arguments[2]);
        empty(folder);
        int files = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = mark.matcher(lines.get(i));
            if (matcher.matches()) {
                Path file = folder.resolve(matcher.group(1));
                Files.createDirectories(file.getParent());
                Files.write(file, block(lines, i + 1));
                files++;
            }
        }
        if (files == 0) {
            throw new IllegalStateException(arguments[0] + ": expected files of " + arguments[1] + ", saw none");
        }
        System.out.println(files + " files of " + arguments[0] + " are in " + folder);
    }

    private static List<String> block(List<String> lines, int from) {
        List<String> block = new ArrayList<>();
        for (int i = from + 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                return block;
            }
            block.add(lines.get(i));
        }
        throw new IllegalStateException("line " + from + ": expected a block that ends");
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
