package dev.x402.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Finds the npm packages that the Maven build of this module installed. */
public final class NpmPackages {

    private final Path folder;

    private NpmPackages(Path folder) {
        this.folder = folder;
    }

    /** Returns the packages of the build that made this class. */
    public static NpmPackages ofThisBuild() {
        try (InputStream resource = NpmPackages.class.getResourceAsStream("npm.properties")) {
            if (resource == null) {
                throw new IllegalStateException("dev/x402/testbed/npm.properties is not on the class path; "
                        + "build the module with: mvn process-classes -pl testing/testbed");
            }
            Properties properties = new Properties();
            properties.load(resource);
            return in(Path.of(properties.getProperty("module")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("dev/x402/testbed/npm.properties cannot be read", unreadable);
        }
    }

    /** Returns the packages installed in the {@code node_modules} of a folder. */
    public static NpmPackages in(Path module) {
        return new NpmPackages(module.resolve("node_modules"));
    }

    /**
     * Returns a file inside a package.
     *
     * @param name package, slash, path, such as {@code solc/soljson.js}
     * @throws IllegalStateException when there is no such file; the message says which command installs it
     */
    public Path file(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new IllegalStateException("the npm file " + name + " is not in " + folder + "; install it with: node "
                    + folder.resolveSibling("tools").resolve("install.mjs"));
        }
        return file;
    }

    /**
     * Returns a program of this module that runs on the packages.
     *
     * @param name path inside the folder {@code tools}, such as {@code solana/node.mjs}
     * @throws IllegalStateException when there is no such file
     */
    public Path tool(String name) {
        Path file = folder.resolveSibling("tools").resolve(name);
        if (!Files.exists(file)) {
            throw new IllegalStateException("the program " + file + " is not there; is the module of this build gone?");
        }
        return file;
    }
}
