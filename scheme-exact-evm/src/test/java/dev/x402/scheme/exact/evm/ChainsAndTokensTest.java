package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Asset;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The data is well-formed, row by row. */
class ChainsAndTokensTest {
    static final Set<String> SIX_DECIMALS = Set.of("USDC", "USDC.e", "USDT", "USDT0", "USAT", "SBC");

    static List<Asset> assets() {
        return List.copyOf(new EvmAssets().assets());
    }

    static List<RailNetwork> networks() {
        return List.copyOf(new EvmRail().networks());
    }

    @Test
    void there_are_26_chains_and_28_tokens() {
        assertEquals(26, networks().size());
        assertEquals(28, assets().size());
    }

    @ParameterizedTest
    @MethodSource("assets")
    void a_token_is_well_formed(Asset asset) {
        assertEquals(
                Optional.of(asset.id().reference()),
                new EvmRail().canonicalAsset(asset.id().network(), asset.id().reference()),
                "the checksum of EIP-55");
        assertEquals(SIX_DECIMALS.contains(asset.symbol()) ? 6 : 18, asset.decimals());
        assertEquals("USD", asset.currency());
        assertTrue(asset.extra().text("name").filter(name -> !name.isBlank()).isPresent());
        assertTrue(asset.extra().text("version").orElse("").matches("[12]"));
        assertTrue(asset.extra().text("assetTransferMethod").orElse("permit2").equals("permit2"));
        assertTrue(
                networks().stream()
                        .anyMatch(network -> network.id().equals(asset.id().network())),
                "its chain is known");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_chain_is_well_formed(RailNetwork network) {
        assertTrue(Token.chainId(network.id()).isPresent());
        assertTrue(NetworkPattern.parse("eip155:*").matches(network.id()));
        assertEquals(Stage.SEEN, network.answerAt());
        assertTrue(network.expectedTime().toMillis() >= 1000
                && network.expectedTime().toSeconds() <= 15);
        assertEquals(network.name().matches(".*(Testnet|Sepolia|Apothem).*"), network.testnet(), network.toString());
    }

    @Test
    void no_chain_and_no_token_stands_twice() {
        Set<Network> chains = new HashSet<>();
        networks().forEach(network -> assertTrue(chains.add(network.id()), network.toString()));
        Set<AssetId> tokens = new HashSet<>();
        assets().forEach(asset -> assertTrue(tokens.add(asset.id()), asset.toString()));
    }

    @Test
    void accounts_have_one_spelling() {
        Network network = World.NETWORK;
        assertEquals(
                Optional.of("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"),
                new EvmRail().canonicalAccount(network, "0x15D34AAF54267DB7D7C367839AAF71A00A2C6A65"));
        assertEquals(Optional.empty(), new EvmRail().canonicalAccount(network, "merchant"));
        assertEquals(
                Optional.empty(),
                new EvmRail()
                        .canonicalAccount(
                                Network.parse("eip155:084532"), "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"));
    }

    @Test
    void the_registry_finds_scheme_chains_and_tokens() {
        try (Plugins plugins = Plugins.builder().discover().build()) {
            assertTrue(plugins.scheme(World.KIND).isPresent());
            assertEquals(
                    "Base",
                    plugins.network(Network.parse("eip155:8453")).orElseThrow().name());
            assertEquals(
                    List.of("USDC", "USDT", "USAT"),
                    plugins.assets(Network.parse("eip155:42220")).stream()
                            .map(Asset::symbol)
                            .toList());
        }
    }
}
