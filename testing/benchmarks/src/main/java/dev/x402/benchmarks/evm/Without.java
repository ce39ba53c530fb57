package dev.x402.benchmarks.evm;

import java.io.IOException;
import java.io.InputStream;

/** The scheme as on a class path without the native library. */
final class Without extends ClassLoader {
    private static final String ABSENT = "fr.acinq.";
    private static final String SCHEME = "dev.x402.scheme.exact.evm.";

    Without() {
        super(Without.class.getClassLoader());
    }

    static Object create(Class<?> type) {
        try {
            return new Without().loadClass(type.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be created", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(ABSENT)) {
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith(SCHEME) && !name.startsWith(LocalCheck.class.getName())) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
