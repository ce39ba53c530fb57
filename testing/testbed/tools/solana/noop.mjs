// A program that just succeeds: `r0 = 0; exit`, in the smallest ELF file that Solana's loader takes.
export function noOpProgram() {
  const text = Buffer.from("b7000000000000009500000000000000", "hex");
  const names = Buffer.from("\0.text\0.shstrtab\0");
  const textAt = 64 + 56;
  const namesAt = textAt + text.length;
  const sectionsAt = (namesAt + names.length + 7) & ~7;

  const file = Buffer.alloc(sectionsAt + 3 * 64);
  file.set(Buffer.from("7f454c46020101", "hex"));
  file.writeUInt16LE(3, 16); // a shared object
  file.writeUInt16LE(247, 18); // for BPF
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(textAt), 24); // the entry
  file.writeBigUInt64LE(64n, 32); // one program header
  file.writeBigUInt64LE(BigInt(sectionsAt), 40); // three section headers
  [64, 56, 1, 64, 3, 2].forEach((value, i) => file.writeUInt16LE(value, 52 + 2 * i));

  file.writeUInt32LE(1, 64); // load
  file.writeUInt32LE(5, 68); // readable, executable
  [textAt, textAt, textAt, text.length, text.length, 4096].forEach((v, i) => file.writeBigUInt64LE(BigInt(v), 72 + 8 * i));

  file.set(text, textAt);
  file.set(names, namesAt);
  const section = (index, name, type, flags, at, size) => {
    const start = sectionsAt + 64 * index;
    file.writeUInt32LE(name, start);
    file.writeUInt32LE(type, start + 4);
    [flags, flags ? at : 0, at, size].forEach((v, i) => file.writeBigUInt64LE(BigInt(v), start + 8 + 8 * i));
    file.writeBigUInt64LE(1n, start + 48);
  };
  section(1, 1, 1, 6, textAt, text.length);
  section(2, 7, 3, 0, namesAt, names.length);
  return file;
}
