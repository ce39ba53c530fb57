package dev.x402.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\S.*) \\|$");
    private static final int MOST = 45;

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("README.md"))).results().toList();
    }

    /** The public top-level types of both packages, as they were compiled. */
    private static Set<String> publicTypes() throws IOException, ClassNotFoundException {
        Path classes = Path.of(URI.create(PaymentScheme.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                if (name.endsWith(".class") && name.contains(".spi.") && !name.matches(".*(\\$|-info\\.).*")) {
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".class".length()),
                            false,
                            PaymentScheme.class.getClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type.getSimpleName());
                    }
                }
            }
        }
        return types;
    }

    @Test
    void lists_every_public_type_with_a_reason_and_no_other() throws Exception {
        assertEquals(
                publicTypes(), rows().stream().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void lists_no_type_twice() throws Exception {
        assertEquals(publicTypes().size(), rows().size());
    }

    @Test
    void counts_at_most_forty_five_public_types() throws Exception {
        int count = publicTypes().size();
        assertTrue(count > 30 && count <= MOST, count + " public types");
    }
}
