package dev.x402.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with, and what it found before, is taken as it should be. */
class CorporaTest {
    private static final int FEWEST = 3;

    static Stream<Class<?>> targets() {
        return Targets.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void every_input_of_the_corpus_is_taken_or_refused_as_it_should_be(Class<?> target) throws Exception {
        Method method = target.getMethod("fuzzerTestOneInput", byte[].class);
        List<Path> inputs = Corpus.of(target);
        assertTrue(inputs.size() >= FEWEST, () -> target + " has only " + inputs.size() + " inputs");
        take(method, new byte[0]);
        for (Path input : inputs) {
            try {
                take(method, Files.readAllBytes(input));
            } catch (AssertionError e) {
                throw new AssertionError(input.toString(), e);
            }
        }
    }

    private static void take(Method method, byte[] data) throws IllegalAccessException {
        try {
            method.invoke(null, (Object) data);
        } catch (InvocationTargetException e) {
            throw new AssertionError("broke", e.getCause());
        }
    }

    @Test
    void every_target_is_listed_and_every_corpus_has_its_target() throws IOException {
        TreeSet<String> listed = new TreeSet<>();
        Targets.ALL.forEach(target -> listed.add(target.getSimpleName()));
        assertEquals(listed, new TreeSet<>(Corpus.names()));
        TreeSet<String> written = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/test/java/dev/x402/fuzz"))) {
            sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .forEach(name -> written.add(name.replace(".java", "")));
        }
        assertEquals(written, listed);
    }
}
