using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Mayhem.FrameCapture.Tests.Weaving;

public class DebugDirectoryTests
{
    private const int IdSize = 20;

    private static readonly string Woven = Path.Combine(AppContext.BaseDirectory, "Mayhem.FrameCapture.Samples.dll");

    [Fact]
    public void Symbols_OfAWovenAssembly_AreThoseItsDebugDirectoryNames()
    {
        using var assembly = new PEReader(File.OpenRead(Woven));
        var entries = assembly.ReadDebugDirectory();
        var named = assembly.ReadCodeViewDebugDirectoryData(entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        var symbols = File.ReadAllBytes(Path.ChangeExtension(Woven, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var header = provider.GetMetadataReader().DebugMetadataHeader!;

        Assert.Equal(named.Guid, new Guid(header.Id.AsSpan()[..16]));
        Assert.EndsWith("Mayhem.FrameCapture.Samples.pdb", named.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_OfAWovenAssembly_HaveTheChecksumItsDebugDirectoryTells()
    {
        using var assembly = new PEReader(File.OpenRead(Woven));
        var told = assembly.ReadPdbChecksumDebugDirectoryData(assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.PdbChecksum));
        var symbols = File.ReadAllBytes(Path.ChangeExtension(Woven, ".pdb"));
        using (var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols)))
            Array.Clear(symbols, provider.GetMetadataReader().DebugMetadataHeader!.IdStartOffset, IdSize);

        Assert.Equal("SHA256", told.AlgorithmName);
        Assert.Equal(told.Checksum, SHA256.HashData(symbols));
    }
}
