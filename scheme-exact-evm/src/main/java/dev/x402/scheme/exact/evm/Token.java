package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A contract that knows EIP-3009, with its EIP-712 domain.
 *
 * @param chainId of the network
 * @param contract its address
 * @param name of the domain
 * @param version of the domain
 * @param separator hash of the domain, computed once
 */
record Token(BigInteger chainId, Address contract, String name, String version, Word separator) {
    static final String NAME = "name";
    static final String VERSION = "version";
    static final String METHOD = "assetTransferMethod";
    static final String EIP3009 = "eip3009";
    private static final byte[] DOMAIN_TYPE =
            Keccak.hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final int MAX_CHAIN_ID_DIGITS = 19;

    static Token of(BigInteger chainId, Address contract, String name, String version) {
        return new Token(
                chainId,
                contract,
                name,
                version,
                new Word(Keccak.hash(
                        DOMAIN_TYPE, Keccak.hash(name), Keccak.hash(version), Hex.word(chainId), contract.word())));
    }

    /** The token of a registered asset; empty when it is moved in another way or its domain is not known. */
    static Optional<Token> of(Asset asset) {
        Json.Obj extra = asset.extra();
        Optional<BigInteger> chain = chainId(asset.id().network());
        Optional<Address> contract = Address.find(asset.id().reference());
        Optional<String> name = extra.text(NAME);
        Optional<String> version = extra.text(VERSION);
        if (chain.isEmpty()
                || contract.isEmpty()
                || name.isEmpty()
                || version.isEmpty()
                || !extra.text(METHOD).orElse(EIP3009).equals(EIP3009)) {
            return Optional.empty();
        }
        return Optional.of(of(chain.get(), contract.get(), name.get(), version.get()));
    }

    /** The number in {@code eip155:…}; empty for another namespace or a number that is not canonical. */
    static Optional<BigInteger> chainId(Network network) {
        String text = network.reference();
        if (!network.namespace().equals("eip155")
                || text.length() > MAX_CHAIN_ID_DIGITS
                || text.charAt(0) == '0'
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(text));
    }

    /** What the payer signs. */
    byte[] digest(Authorization authorization) {
        byte[] message = new byte[2 + 2 * Hex.WORD];
        message[0] = 0x19;
        message[1] = 0x01;
        separator.put(message, 2);
        System.arraycopy(authorization.structHash(), 0, message, 2 + Hex.WORD, Hex.WORD);
        return Keccak.hash(message);
    }
}
