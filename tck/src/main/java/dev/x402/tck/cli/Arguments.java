package dev.x402.tck.cli;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked on the command line.
 *
 * @param plugin the jar or folder to judge; empty when only a facilitator is judged
 * @param classPath jars and folders that the plugin needs
 * @param fixtures the jar or folder with the fixtures
 * @param facilitator the running facilitator to judge
 * @param settings the kit's parameters by their names
 * @param help whether only the help is wanted
 */
record Arguments(
        Optional<Path> plugin,
        List<Path> classPath,
        Optional<Path> fixtures,
        Optional<URI> facilitator,
        Map<String, String> settings,
        boolean help) {
    static final String HELP = """
            Judges an x402 plugin, or a running facilitator, by the rules of the compatibility kit.

              java -jar x402-tck.jar acme-plugin.jar [--fixtures acme-tests.jar] [options]
              java -jar x402-tck.jar --facilitator URL --fixtures acme-tests.jar [options]

              PLUGIN                the jar or folder to judge; without fixtures only its packaging is judged
              --classpath PATH      further jars and folders that it needs, separated as on a class path
              --fixtures JAR        the jar or folder with the test classes that implement the kit's rules
              --facilitator URL     judge verify and settle of this facilitator, over HTTP
              --known-failing FILE  rules that are known to fail, one id a line; one that holds is stale
              --strict              a rule that should hold must hold
              --only RULE[,RULE]    just these rules, such as X402-VERIFY-05
              --seed N              repeats the randomness of a report
              --report DIR          where report.json and report.html are written; target/x402-tck unless said
              --deadline-millis N   what one rule may take; 30000 unless said
              --help                this text

            Exit status: 0 conformant, 1 not conformant, 2 the kit could not judge.
            """;

    private static final Map<String, String> TEXTS = Map.of(
            "--known-failing", "x402.tck.known-failing",
            "--only", "x402.tck.only",
            "--seed", "x402.tck.seed",
            "--report", "x402.tck.report",
            "--deadline-millis", "x402.tck.deadline-millis");

    /**
     * Reads the arguments.
     *
     * @throws UsageException when they say nothing that can be done
     */
    static Arguments parse(String... args) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        Map<String, String> settings = new LinkedHashMap<>();
        List<Path> classPath = new ArrayList<>();
        Optional<Path> plugin = Optional.empty();
        Optional<Path> fixtures = Optional.empty();
        Optional<URI> facilitator = Optional.empty();
        while (!left.isEmpty()) {
            String word = left.pop();
            if (word.equals("--help") || word.equals("-h")) {
                return new Arguments(plugin, classPath, fixtures, facilitator, settings, true);
            } else if (word.equals("--strict")) {
                settings.put("x402.tck.strict", "true");
            } else if (word.equals("--classpath")) {
                for (String part : value(word, left).split(File.pathSeparator, -1)) {
                    classPath.add(there(part));
                }
            } else if (word.equals("--fixtures") || word.equals("--fixture")) {
                fixtures = Optional.of(there(value(word, left)));
            } else if (word.equals("--facilitator")) {
                facilitator = Optional.of(address(value(word, left)));
            } else if (TEXTS.containsKey(word)) {
                settings.put(TEXTS.get(word), checked(word, value(word, left)));
            } else if (word.startsWith("-")) {
                throw new UsageException(word + " is no option; --help lists them");
            } else if (plugin.isPresent()) {
                throw new UsageException("expected one plugin, saw " + plugin.get() + " and " + word);
            } else {
                plugin = Optional.of(there(word));
            }
        }
        if (plugin.isEmpty() && facilitator.isEmpty()) {
            throw new UsageException("expected a plugin's jar or --facilitator, saw neither; --help tells more");
        }
        if (facilitator.isPresent() && fixtures.isEmpty()) {
            throw new UsageException("--facilitator needs --fixtures, which know a payer and the rail");
        }
        facilitator.ifPresent(uri -> settings.put("x402.tck.facilitator", uri.toString()));
        return new Arguments(plugin, classPath, fixtures, facilitator, settings, false);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new UsageException(option + " needs a value");
        }
        return left.pop();
    }

    private static String checked(String option, String value) {
        if (option.equals("--known-failing")) {
            there(value);
        }
        if ((option.equals("--seed") || option.equals("--deadline-millis")) && !value.matches("-?[0-9]{1,18}")) {
            throw new UsageException(option + ": expected a whole number, saw \"" + value + "\"");
        }
        return value;
    }

    private static Path there(String name) {
        Path path = Path.of(name);
        if (!path.toFile().exists()) {
            throw new UsageException(name + " is not there");
        }
        return path;
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException broken) {
            throw new UsageException("--facilitator: expected a URL, saw \"" + text + "\"");
        }
        throw new UsageException("--facilitator: expected an http or https URL, saw \"" + text + "\"");
    }
}
