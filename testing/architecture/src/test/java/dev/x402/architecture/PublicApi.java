package dev.x402.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public and protected members of a module's exported types, as text. */
final class PublicApi {
    private final ClassLoader loader;

    private PublicApi(ClassLoader loader) {
        this.loader = loader;
    }

    /** Loads from the modules' own classes and, for libraries, from this JVM's class path. */
    static PublicApi of(List<Module> modules) {
        List<URL> urls = new ArrayList<>();
        modules.forEach(m -> urls.add(url(m.classes())));
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(p -> url(Path.of(p)))
                .forEach(urls::add);
        return new PublicApi(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /** Sorted and stable text, one member a line. */
    String text(Module module) {
        Predicate<String> exported = exported(module);
        StringBuilder text = new StringBuilder();
        for (Path file : Repository.below(module.classes(), ".class")) {
            String name = module.classes()
                    .relativize(file)
                    .toString()
                    .replace(".class", "")
                    .replace('/', '.');
            if (!name.contains(".") || name.endsWith("-info")) {
                continue;
            }
            Class<?> type = load(module, name);
            if (exported.test(type.getPackageName()) && visible(type)) {
                describe(type, text);
            }
        }
        return text.toString();
    }

    private Class<?> load(Module module, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalStateException(
                    name + " of " + module + " does not load: " + e.getMessage()
                            + " is missing; add its library in test scope to testing/architecture/pom.xml",
                    e);
        }
    }

    private static Predicate<String> exported(Module module) {
        Path descriptor = module.classes().resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return name -> true;
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            Set<String> names = ModuleDescriptor.read(in).exports().stream()
                    .filter(e -> !e.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
            return names::contains;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(Class<?> type, StringBuilder text) {
        text.append(header(type)).append('\n');
        Set<String> lines = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isEnumConstant()) {
                lines.add(field.getName());
            } else if (visible(field) && !field.isSynthetic()) {
                lines.add(mark(field) + modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " "
                        + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor) && !constructor.isSynthetic() && !type.isEnum() && !canonical(constructor)) {
                lines.add(mark(constructor)
                        + modifiers(constructor.getModifiers())
                        + type.getSimpleName()
                        + parameters(constructor)
                        + exceptions(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method) && !method.isSynthetic() && !given(method)) {
                int modifiers = method.getModifiers();
                if (type.isInterface()) {
                    modifiers &= ~Modifier.PUBLIC;
                }
                lines.add(mark(method) + modifiers(modifiers & Modifier.methodModifiers())
                        + (method.isDefault() ? "default " : "") + variables(method.getTypeParameters())
                        + name(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method)
                        + exceptions(method));
            }
        }
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append('\n');
    }

    private static String header(Class<?> type) {
        StringBuilder header = new StringBuilder(mark(type));
        int modifiers = type.getModifiers() & ~Modifier.INTERFACE & ~Modifier.STATIC;
        boolean implied = type.isInterface() || type.isRecord() || type.isEnum();
        if (implied) {
            modifiers &= ~Modifier.ABSTRACT & ~Modifier.FINAL;
        }
        header.append(modifiers(modifiers & Modifier.classModifiers()));
        if (type.isSealed()) {
            header.append("sealed ");
        }
        header.append(
                type.isAnnotation()
                        ? "@interface "
                        : type.isInterface()
                                ? "interface "
                                : type.isRecord() ? "record " : type.isEnum() ? "enum " : "class ");
        header.append(type.getCanonicalName());
        String variables = variables(type.getTypeParameters()).strip();
        header.append(variables);
        if (type.isRecord()) {
            header.append(Arrays.stream(type.getRecordComponents())
                    .map(c -> name(c.getAnnotatedType()) + " " + c.getName())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        Class<?> above = type.getSuperclass();
        if (above != null && above != Object.class && above != Record.class && above != Enum.class) {
            header.append(" extends ").append(name(type.getAnnotatedSuperclass()));
        }
        String interfaces =
                Stream.of(type.getAnnotatedInterfaces()).map(PublicApi::name).collect(Collectors.joining(", "));
        if (!interfaces.isEmpty() && !type.isAnnotation()) {
            header.append(type.isInterface() ? " extends " : " implements ").append(interfaces);
        }
        if (type.isSealed()) {
            header.append(Arrays.stream(type.getPermittedSubclasses())
                    .map(Class::getCanonicalName)
                    .sorted()
                    .collect(Collectors.joining(", ", " permits ", "")));
        }
        return header.toString();
    }

    private static String parameters(Executable executable) {
        return Stream.of(executable.getAnnotatedParameterTypes())
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String exceptions(Executable executable) {
        String names = Stream.of(executable.getGenericExceptionTypes())
                .map(PublicApi::plain)
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " throws " + names;
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Stream.of(variables)
                .map(v -> {
                    String bounds = Stream.of(v.getAnnotatedBounds())
                            .map(PublicApi::name)
                            .filter(b -> !b.equals("Object"))
                            .collect(Collectors.joining(" & "));
                    return bounds.isEmpty() ? v.getName() : v.getName() + " extends " + bounds;
                })
                .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String name(AnnotatedType type) {
        String nullable = Stream.of(type.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(a -> a.getSimpleName().equals("Nullable"))
                ? "@Nullable "
                : "";
        if (type instanceof AnnotatedArrayType array) {
            return name(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " " + nullable) + "[]";
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return nullable
                    + plain(((ParameterizedType) parameterized.getType()).getRawType())
                    + Stream.of(parameterized.getAnnotatedActualTypeArguments())
                            .map(PublicApi::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            if (wildcard.getAnnotatedLowerBounds().length > 0) {
                return nullable + "? super " + name(wildcard.getAnnotatedLowerBounds()[0]);
            }
            String upper = Stream.of(wildcard.getAnnotatedUpperBounds())
                    .map(PublicApi::name)
                    .filter(b -> !b.equals("Object"))
                    .collect(Collectors.joining(" & "));
            return nullable + (upper.isEmpty() ? "?" : "? extends " + upper);
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            return nullable + variable.getType().getTypeName();
        }
        return nullable + plain(type.getType());
    }

    private static String plain(Type type) {
        if (type instanceof Class<?> c) {
            String canonical = Optional.ofNullable(c.getCanonicalName()).orElse(c.getName());
            return canonical.matches("java\\.lang\\.[A-Z]\\w*") ? c.getSimpleName() : canonical;
        }
        return type.getTypeName();
    }

    private static String mark(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private static String modifiers(int modifiers) {
        int told = modifiers & ~Modifier.SYNCHRONIZED & ~Modifier.NATIVE & ~Modifier.TRANSIENT & ~Modifier.STRICT;
        String text = Modifier.toString(told);
        return text.isEmpty() ? "" : text + " ";
    }

    private static boolean visible(Class<?> type) {
        return (Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers()))
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getDeclaringClass() == null || visible(type.getDeclaringClass()));
    }

    private static boolean visible(Member member) {
        boolean open = !Modifier.isFinal(member.getDeclaringClass().getModifiers());
        return Modifier.isPublic(member.getModifiers()) || (open && Modifier.isProtected(member.getModifiers()));
    }

    /** The constructor that a record's header already tells. */
    private static boolean canonical(Constructor<?> constructor) {
        Class<?> type = constructor.getDeclaringClass();
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(c -> c.getType())
                                .toArray(Class<?>[]::new));
    }

    /** Methods that the language or Object gives anyway. */
    private static boolean given(Method method) {
        Class<?> type = method.getDeclaringClass();
        String name = method.getName();
        int count = method.getParameterCount();
        boolean object = (name.equals("toString") && count == 0)
                || (name.equals("hashCode") && count == 0)
                || (name.equals("equals") && count == 1 && method.getParameterTypes()[0] == Object.class);
        boolean enumeration = type.isEnum() && (name.equals("values") || name.equals("valueOf"));
        boolean accessor = type.isRecord()
                && count == 0
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(c -> c.getName().equals(name));
        return object || enumeration || accessor;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path.toString(), e);
        }
    }
}
