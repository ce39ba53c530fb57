import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds strangers' plugins that are not conformant: {@code java Judged.java x402-tck.jar target page.md…}. */
final class Judged {
    private static final Pattern CONFORMANT = Pattern.compile("\"verdict\"\\s*:\\s*\"CONFORMANT\"");
    private static final Pattern WARNS = Pattern.compile("\"WARN\"\\s*:\\s*[1-9]|\"outcome\"\\s*:\\s*\"WARN\"");

    private final Path kit;
    private final Path target;
    private final List<String> wrong = new ArrayList<>();

    private Judged(Path kit, Path target) {
        this.kit = kit.toAbsolutePath().normalize();
        this.target = target.toAbsolutePath().normalize();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("expected: x402-tck.jar target page.md…");
        }
        Judged judged = new Judged(Path.of(arguments[0]), Path.of(arguments[1]));
        judged.reports();
        judged.plugins();
        for (String page : Arrays.asList(arguments).subList(2, arguments.length)) {
            judged.page(Path.of(page));
        }
        judged.wrong.forEach(line -> System.err.println("strangers: " + line));
        System.exit(judged.wrong.isEmpty() ? 0 : 1);
    }

    /** What the projects' own builds left. */
    private void reports() throws IOException {
        report("examples/acme-chain-plugin", "ExactAcmeTest");
        report("examples/acme-chain-plugin", "MeteredAcmeTest");
        report("examples/asset-only-plugin", "TownDollarTest");
        report("examples/sepa-rail", "InstantSepaTest");
        report("examples/sepa-rail", "NextDaySepaTest");
        report("page/plugin-template", "PebbleTest");
    }

    private void report(String project, String test) throws IOException {
        conformant(target.resolve(project).resolve("target/x402-tck").resolve(test));
    }

    private void conformant(Path folder) throws IOException {
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");
        if (!Files.isRegularFile(json) || !Files.isRegularFile(html) || Files.size(html) == 0) {
            wrong.add(folder + ": expected report.json and report.html, saw not both");
            return;
        }
        String report = Files.readString(json);
        if (!CONFORMANT.matcher(report).find()) {
            wrong.add(json + ": expected the verdict CONFORMANT, saw another");
        }
        if (WARNS.matcher(report).find()) {
            wrong.add(json + ": expected no warning, saw one");
        }
    }

    /** Jars as somebody has them who has no project. */
    private void plugins() throws IOException, InterruptedException {
        Path acme = target.resolve("examples/acme-chain-plugin");
        Path town = target.resolve("examples/asset-only-plugin/target/town-dollar-1.0.jar");
        String jar = acme.resolve("target/acme-x402-1.0.jar").toString();
        String reports = target.resolve("command-line").toString();
        String tests = acme.resolve("target/test-classes").toString();
        runs(acme, 0, "ExactAcmeTest is conformant", jar, "--fixtures", tests, "--classpath", jar, "--report", reports);
        conformant(Path.of(reports, "ExactAcmeTest"));
        conformant(Path.of(reports, "MeteredAcmeTest"));
        Path sepa = target.resolve("examples/sepa-rail");
        String euros = sepa.resolve("target/sepa-x402-1.0.jar").toString();
        String banks = sepa.resolve("target/test-classes").toString();
        runs(
                sepa,
                0,
                "NextDaySepaTest is conformant",
                euros,
                "--fixtures",
                banks,
                "--classpath",
                euros,
                "--report",
                reports);
        conformant(Path.of(reports, "InstantSepaTest"));
        conformant(Path.of(reports, "NextDaySepaTest"));
        runs(acme, 0, "PackagingOnly is conformant", town.toString(), "--report", reports);
        conformant(Path.of(reports, "PackagingOnly"));
        Path text = Files.writeString(target.resolve("no-plugin.txt"), "not a jar\n");
        runs(acme, 2, "x402-tck: " + text + " is no jar that can be read", text.toString());
        String rule = "X402-PACKAGING-01";
        runs(acme, 1, "FAIL            " + rule, kit.toString(), "--only", rule, "--report", reports + "-none");
    }

    /** The commands of a page, as a reader types them in the folder of the page's project. */
    private void page(Path page) throws IOException, InterruptedException {
        Path project = target.resolve("page/plugin-template");
        String begin = "    java -jar x402-tck.jar ";
        List<String> commands = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith(begin))
                .toList();
        if (commands.isEmpty()) {
            wrong.add(page + ": expected a line with " + begin.strip() + ", saw none");
        }
        for (String command : commands) {
            runs(project, 0, "PebbleTest is conformant", command.substring(begin.length()).split(" "));
            report("page/plugin-template", "PebbleTest");
        }
    }

    private void runs(Path folder, int code, String says, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", kit.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output;
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            output = lines.lines().collect(Collectors.joining("\n"));
        } finally {
            process.destroy();
        }
        int seen = process.waitFor();
        if (seen != code || !output.contains(says) || output.contains("\tat ")) {
            wrong.add(String.join(" ", arguments) + ": expected exit " + code + ", \"" + says
                    + "\" and no stack trace, saw exit " + seen + " and\n" + output);
        }
    }
}
