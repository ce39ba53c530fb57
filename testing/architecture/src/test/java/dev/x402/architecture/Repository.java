package dev.x402.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The working tree: its modules and its text. */
final class Repository {
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "node_modules", ".idea", ".vscode", ".settings", ".claude");

    private final Path root;
    private final List<Module> modules;

    private Repository(Path root, List<Module> modules) {
        this.root = root;
        this.modules = modules;
    }

    static Repository open() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("x402-bom/pom.xml"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException(
                    "no x402-bom/pom.xml above " + Path.of("").toAbsolutePath());
        }
        Path root = at;
        return new Repository(
                root,
                children(child(pom(root), "modules").orElseThrow(), "module").stream()
                        .map(element -> module(root, element.getTextContent().strip()))
                        .toList());
    }

    Path root() {
        return root;
    }

    /** Every module of the root POM, shells included. */
    List<Module> modules() {
        return modules;
    }

    /** Modules whose jars strangers use, without the shells and the BOM. */
    List<Module> published() {
        return modules.stream().filter(m -> m.published() && !m.shell()).toList();
    }

    /** Modules that have code. */
    List<Module> real() {
        return modules.stream().filter(m -> !m.shell()).toList();
    }

    Module bom() {
        return modules.stream()
                .filter(m -> m.artifact().equals("x402-bom"))
                .findFirst()
                .orElseThrow();
    }

    String relative(Path file) {
        return root.relativize(file).toString();
    }

    /** The files that belong to the project, without what builds leave behind. */
    List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !file.endsWith(".git") && wanted.test(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    static List<Path> below(Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .filter(p -> p.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable as UTF-8 text", e);
        }
    }

    /** The plugins that the root POM pins, as artifact ids. */
    List<String> plugins() {
        return child(pom(root), "build", "pluginManagement", "plugins").stream()
                .flatMap(plugins -> children(plugins, "plugin").stream())
                .map(plugin -> text(plugin, "artifactId").orElseThrow())
                .toList();
    }

    private static Module module(Path root, String path) {
        Path directory = root.resolve(path);
        Element pom = pom(directory);
        String artifact = text(pom, "artifactId").orElseThrow();
        String packaging = text(pom, "packaging").orElse("jar");
        boolean published = !skipsDeployment(directory, pom);
        return new Module(
                path,
                directory,
                artifact,
                packaging.equals("pom"),
                published,
                child(pom, "dependencyManagement", "dependencies").stream()
                        .flatMap(e -> children(e, "dependency").stream())
                        .map(e -> text(e, "artifactId").orElseThrow())
                        .toList(),
                child(pom, "dependencies").stream()
                        .flatMap(e -> children(e, "dependency").stream())
                        .map(e -> new Module.Dependency(
                                text(e, "groupId").orElseThrow(),
                                text(e, "artifactId").orElseThrow(),
                                text(e, "scope").orElse("compile"),
                                text(e, "optional").orElse("false").equals("true")))
                        .toList());
    }

    private static boolean skipsDeployment(Path directory, Element pom) {
        Optional<Element> said = child(pom, "properties", "maven.deploy.skip");
        if (said.isPresent()) {
            return said.get().getTextContent().strip().equals("true");
        }
        Optional<Element> parent = child(pom, "parent", "relativePath");
        if (parent.isEmpty()) {
            return false;
        }
        Path above = directory
                .resolve(parent.get().getTextContent().strip())
                .normalize()
                .getParent();
        return skipsDeployment(above, pom(above));
    }

    private static Element pom(Path directory) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(directory.resolve("pom.xml").toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException(directory.resolve("pom.xml") + " is not readable as XML", e);
        }
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(e -> e.getTextContent().strip());
    }

    private static Optional<Element> child(Element parent, String... path) {
        Element at = parent;
        for (String name : path) {
            List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            at = found.get(0);
        }
        return Optional.of(at);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
