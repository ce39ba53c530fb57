package dev.x402.spi.plugins;

import static dev.x402.spi.plugins.Judged.found;
import static dev.x402.spi.plugins.Judged.name;
import static dev.x402.spi.plugins.Judged.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spi.PaymentExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionConflictTest {
    private record Extra(String key) implements PaymentExtension {}

    private record OtherExtra(String key) implements PaymentExtension {}

    @Test
    void refuses_two_discovered_extensions_of_one_key() {
        assertEquals(
                List.of("several plugins were discovered for the extension gift: " + name(Extra.class) + " and "
                        + name(OtherExtra.class) + "; leave one of the jars out,"
                        + " or add the plugin that you mean by Plugins.builder().add(…)"),
                refusal(Plugins.builder().discover(found(new Extra("gift"), new OtherExtra("gift")))));
    }

    @Test
    void refuses_two_added_extensions_of_one_key() {
        assertEquals(
                List.of("several plugins were added for the extension gift: " + name(Extra.class) + " and "
                        + name(Extra.class) + "; add one of them"),
                refusal(Plugins.builder().add(new Extra("gift")).add(new Extra("gift"))));
    }

    @Test
    void prefers_an_added_extension_to_a_discovered_one() {
        PaymentExtension mine = new OtherExtra("gift");
        try (Plugins plugins =
                Plugins.builder().discover(found(new Extra("gift"))).add(mine).build()) {
            assertEquals(List.of(mine), List.copyOf(plugins.extensions()));
        }
    }

    @Test
    void orders_extensions_by_key() {
        try (Plugins plugins =
                Plugins.builder().add(new Extra("b")).add(new Extra("a")).build()) {
            assertEquals(
                    List.of("a", "b"),
                    plugins.extensions().stream().map(PaymentExtension::key).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b"})
    void refuses_an_extension_key_of_another_form(String key) {
        assertEquals(
                List.of(name(Extra.class) + ": key(): expected [A-Za-z0-9._-]{1,64}, saw \"" + key + "\""),
                refusal(Plugins.builder().add(new Extra(key))));
    }

    @Test
    void refuses_an_extension_key_that_is_reserved() {
        assertEquals(
                List.of(name(Extra.class) + ": key(): names that begin with x402 are reserved for the protocol,"
                        + " saw \"X402.gift\"; choose another"),
                refusal(Plugins.builder().add(new Extra("X402.gift"))));
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuses_an_extension_without_key() {
        assertEquals(
                List.of(name(Extra.class) + ": key(): expected a value, saw null"),
                refusal(Plugins.builder().add(new Extra(null))));
    }
}
