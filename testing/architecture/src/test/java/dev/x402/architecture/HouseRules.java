package dev.x402.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The house rules that bytecode shows. */
final class HouseRules {
    private static final Set<String> FLOATS =
            Set.of("double", "float", "java.lang.Double", "java.lang.Float", "java.util.OptionalDouble");
    private static final Set<String> CLOCK_READERS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Year",
            "java.time.YearMonth");
    private static final Pattern MUTABLE = Pattern.compile(
            "java\\.util\\.(Hash|LinkedHash|Tree|Weak|Identity)\\w*(Map|Set)|java\\.util\\.(Array|Linked)\\w*(List|Deque)"
                    + "|java\\.util\\.(Properties|BitSet|Random)|java\\.util\\.concurrent\\.Concurrent\\w+"
                    + "|java\\.util\\.concurrent\\.atomic\\.\\w+|java\\.util\\.concurrent\\.locks\\.\\w+"
                    + "|java\\.util\\.concurrent\\.CopyOnWrite\\w+|java\\.lang\\.ThreadLocal|java\\.lang\\.StringBu\\w+"
                    + "|java\\.security\\.SecureRandom");
    private static final Pattern BANNED_NAME =
            Pattern.compile("(?i).*(util|utils|utility|utilities|impl|common|manager|helper|helpers)$|(?i)impl[A-Z].*");
    private static final Pattern BANNED_PACKAGE =
            Pattern.compile("(.*\\.)?(util|utils|impl|common|commons|manager|helper|helpers|internal|misc)(\\..*)?");

    private HouseRules() {}

    /** No floating point in fields, signatures or conversions. */
    static Report floating_point(Collection<JavaClass> classes) {
        Report report = new Report("floating-point");
        for (JavaClass type : classes) {
            for (JavaField field : type.getFields()) {
                report.looked();
                involved(field.getType()).stream()
                        .filter(FLOATS::contains)
                        .forEach(f -> report.found(type.getName(), "field " + field.getName() + " has " + f));
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                report.looked();
                Set<String> names = involved(unit.getReturnType());
                unit.getParameterTypes().forEach(p -> names.addAll(involved(p)));
                names.stream()
                        .filter(FLOATS::contains)
                        .forEach(f -> report.found(type.getName(), unit.getName() + " has " + f));
                unit.getCallsFromSelf().stream()
                        .filter(call ->
                                FLOATS.contains(call.getTarget().getOwner().getName())
                                        || call.getName().matches("(double|float)Value|nextDouble|nextFloat"))
                        .forEach(call -> report.found(type.getName(), described(call)));
            }
        }
        return report;
    }

    /** No wall clock but the one passed in. */
    static Report wall_clock(Collection<JavaClass> classes) {
        return calls("wall-clock", classes, access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                    || (owner.equals("java.time.Clock") && name.matches("system\\w+|tick\\w+"))
                    || (CLOCK_READERS.contains(owner) && name.equals("now") && !takes(access, "java.time.Clock"))
                    || (owner.equals("java.util.Date") && name.equals("<init>") && !takes(access, "long"));
        });
    }

    /** No randomness but the one passed in. */
    static Report randomness(Collection<JavaClass> classes) {
        return calls("randomness", classes, access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return (owner.equals("java.security.SecureRandom")
                            && (name.equals("<init>") || name.startsWith("getInstance")))
                    || (owner.equals("java.util.Random") && name.equals("<init>"))
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                    || (owner.equals("java.lang.Math") && name.equals("random"));
        });
    }

    static Report sleeping(Collection<JavaClass> classes) {
        return calls(
                "sleeping",
                classes,
                access -> access.getTarget().getName().equals("sleep")
                        && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                .contains(access.getTargetOwner().getName()));
    }

    /** Nothing is printed and nothing ends the JVM. */
    static Report printing(Collection<JavaClass> classes) {
        return calls("printing", classes, access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return (owner.equals("java.lang.System")
                            && Set.of("out", "err", "exit").contains(name))
                    || (owner.equals("java.lang.Runtime")
                            && Set.of("exit", "halt").contains(name))
                    || name.equals("printStackTrace")
                    || owner.startsWith("java.util.logging.")
                    || owner.equals("java.lang.System$Logger");
        });
    }

    /** Payments are signed in one place: nobody else asks a scheme's payer, nor a plugin's signer from outside it. */
    static Report one_signer(Collection<JavaClass> classes) {
        return calls("one-signer", classes, access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            boolean foreign =
                    !owner.getPackageName().equals(access.getOriginOwner().getPackageName());
            return (owner.isAssignableTo("dev.x402.spi.SchemeClient") && name.equals("pay"))
                    || (foreign
                            && owner.getName().startsWith("dev.x402.")
                            && owner.getSimpleName().endsWith("Signer")
                            && name.startsWith("sign"));
        });
    }

    /** Providers are found in one place. */
    static Report service_loader(Collection<JavaClass> classes) {
        return calls(
                "service-loader",
                classes,
                access -> access.getTargetOwner().getName().equals("java.util.ServiceLoader")
                        && access.getTarget().getName().startsWith("load"));
    }

    /** No state in statics. */
    static Report mutable_statics(Collection<JavaClass> classes) {
        Report report = new Report("mutable-statics");
        for (JavaClass type : classes) {
            for (JavaField field : type.getFields()) {
                if (!field.getModifiers().contains(JavaModifier.STATIC)
                        || field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    continue;
                }
                report.looked();
                boolean shared = !field.getModifiers().contains(JavaModifier.PRIVATE);
                String raw = field.getRawType().getName();
                if (!field.getModifiers().contains(JavaModifier.FINAL)) {
                    report.found(type.getName(), "static " + field.getName() + " is not final");
                } else if (MUTABLE.matcher(raw).matches()) {
                    report.found(type.getName(), "static " + field.getName() + " is a mutable " + raw);
                } else if (shared && field.getRawType().isArray()) {
                    report.found(type.getName(), "static " + field.getName() + " is an array that others can write");
                }
            }
        }
        return report;
    }

    static Report synchronized_methods(Collection<JavaClass> classes) {
        Report report = new Report("synchronized-methods");
        for (JavaClass type : classes) {
            for (JavaCodeUnit unit : type.getMethods()) {
                report.looked();
                if (unit.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
                    report.found(type.getName(), unit.getName() + " is synchronized");
                }
            }
        }
        return report;
    }

    /** Every package says that it is null-marked. */
    static Report null_marked(Collection<JavaClass> classes) {
        Report report = new Report("null-marked");
        Map<String, JavaPackage> packages = new TreeMap<>();
        classes.stream()
                .filter(c -> !c.getPackageName().isEmpty())
                .forEach(c -> packages.put(c.getPackageName(), c.getPackage()));
        packages.forEach((name, found) -> {
            report.looked();
            boolean marked = found.tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .orElse(false);
            if (!marked) {
                report.found(name, "has no package-info.java with @NullMarked");
            }
        });
        return report;
    }

    /** Names say what a thing is. */
    static Report names(Collection<JavaClass> classes) {
        Report report = new Report("names");
        for (JavaClass type : classes) {
            report.looked();
            if (BANNED_NAME.matcher(type.getSimpleName()).matches()) {
                report.found(type.getName(), "has a name that says nothing");
            }
            if (BANNED_PACKAGE.matcher(type.getPackageName()).matches()) {
                report.found(type.getName(), "lies in a package whose name says nothing");
            }
            type.getMethods().stream()
                    .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(m -> !m.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .filter(m -> m.getName().matches("[gs]et[A-Z].*"))
                    .filter(m -> !inherited(type, m))
                    .forEach(m -> report.found(type.getName(), m.getName() + " has a get or set prefix"));
        }
        return report;
    }

    /** Visible classes have no visible mutable field. */
    static Report public_fields(Collection<JavaClass> classes) {
        Report report = new Report("public-fields");
        for (JavaClass type : classes) {
            if (!visible(type)) {
                continue;
            }
            report.looked();
            type.getFields().stream()
                    .filter(HouseRules::visible)
                    .filter(f -> !f.getModifiers().contains(JavaModifier.FINAL))
                    .forEach(f -> report.found(type.getName(), f.getName() + " can be written from outside"));
        }
        return report;
    }

    /** Public signatures speak Java and x402 only; {@code open} says which other packages a class may show. */
    static Report foreign_types(Collection<JavaClass> classes, Predicate<String> open) {
        Report report = new Report("foreign-types");
        for (JavaClass type : classes) {
            if (!visible(type)) {
                continue;
            }
            Map<String, Set<String>> shown = new TreeMap<>();
            type.getFields().stream()
                    .filter(HouseRules::visible)
                    .forEach(f -> shown.put(f.getName(), involved(f.getType())));
            type.getCodeUnits().stream().filter(HouseRules::visible).forEach(u -> {
                Set<String> names = shown.computeIfAbsent(u.getName(), k -> new TreeSet<>());
                names.addAll(involved(u.getReturnType()));
                u.getParameterTypes().forEach(p -> names.addAll(involved(p)));
                u.getExceptionTypes().forEach(e -> names.add(e.getName()));
            });
            Set<String> above = new TreeSet<>();
            type.getSuperclass().ifPresent(s -> above.addAll(involved(s)));
            type.getInterfaces().forEach(i -> above.addAll(involved(i)));
            shown.put("the declaration", above);
            shown.forEach((member, names) -> {
                report.looked();
                names.stream()
                        .map(HouseRules::element)
                        .filter(n -> n.contains("."))
                        .filter(n -> !n.startsWith("java.") && !n.startsWith("javax.") && !n.startsWith("dev.x402."))
                        .filter(n -> !open.test(n))
                        .forEach(n -> report.found(type.getName(), member + " shows " + n));
            });
        }
        return report;
    }

    /** Packages depend on one another in one direction. */
    static Report cycles(Collection<JavaClass> classes) {
        Report report = new Report("cycles");
        Map<String, Set<String>> edges = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> to = edges.computeIfAbsent(type.getPackageName(), k -> new TreeSet<>());
            type.getDirectDependenciesFromSelf()
                    .forEach(d -> to.add(d.getTargetClass().getPackageName()));
        }
        edges.forEach((from, to) -> {
            to.retainAll(edges.keySet());
            to.remove(from);
        });
        Set<String> done = new LinkedHashSet<>();
        edges.keySet().forEach(start -> {
            report.looked();
            List<String> path = way(edges, start);
            if (!path.isEmpty() && done.add(String.valueOf(new TreeSet<>(path)))) {
                report.found(start, "depends on itself by way of " + String.join(" -> ", path));
            }
        });
        return report;
    }

    /** The shortest way from a package back to itself, or nothing. */
    private static List<String> way(Map<String, Set<String>> edges, String start) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String at = open.removeFirst();
            for (String next : edges.getOrDefault(at, Set.of())) {
                if (next.equals(start)) {
                    List<String> path = new ArrayList<>(List.of(start));
                    for (String step = at; !step.equals(start); step = cameFrom.get(step)) {
                        path.add(1, step);
                    }
                    path.add(start);
                    return path;
                }
                if (!cameFrom.containsKey(next)) {
                    cameFrom.put(next, at);
                    open.addLast(next);
                }
            }
        }
        return List.of();
    }

    private static Report calls(String rule, Collection<JavaClass> classes, Predicate<JavaAccess<?>> banned) {
        Report report = new Report(rule);
        for (JavaClass type : classes) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                report.looked();
                if (banned.test(access)) {
                    report.found(outermost(type), described(access));
                }
            }
        }
        return report;
    }

    static String outermost(JavaClass type) {
        return type.getName().replaceAll("\\$.*", "");
    }

    private static boolean takes(JavaAccess<?> access, String parameter) {
        return access.getTarget() instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream()
                        .anyMatch(p -> p.getName().equals(parameter));
    }

    private static String described(JavaAccess<?> access) {
        return access.getOrigin().getName() + " uses "
                + access.getTargetOwner().getSimpleName() + "."
                + access.getTarget().getName() + " at "
                + access.getSourceCodeLocation();
    }

    static Set<String> involved(JavaType type) {
        Set<String> names = new TreeSet<>();
        type.getAllInvolvedRawTypes().forEach(raw -> names.add(element(raw.getName())));
        return names;
    }

    private static String element(String name) {
        if (!name.startsWith("[")) {
            return name;
        }
        String inner = name.replaceFirst("^\\[+", "");
        return switch (inner) {
            case "D" -> "double";
            case "F" -> "float";
            default -> inner.startsWith("L") ? inner.substring(1, inner.length() - 1) : inner;
        };
    }

    private static boolean inherited(JavaClass type, JavaCodeUnit method) {
        return type.getAllRawSuperclasses().stream().anyMatch(s -> declares(s, method))
                || type.getAllRawInterfaces().stream().anyMatch(s -> declares(s, method));
    }

    private static boolean declares(JavaClass type, JavaCodeUnit method) {
        return !type.getName().startsWith("dev.x402.")
                && type.getMethods().stream().anyMatch(m -> m.getName().equals(method.getName()));
    }

    static boolean visible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(HouseRules::visible).orElse(true);
    }

    private static boolean visible(JavaMember member) {
        boolean constructorOfEnum =
                member instanceof JavaConstructor && member.getOwner().isEnum();
        return !constructorOfEnum
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }
}
