using Mayhem.FrameCapture.Weaver;
using Mayhem.Testing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit.Abstractions;

namespace Mayhem.FrameCapture.Tests.Weaving;

public sealed class WovenPackagesTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // With debug symbols and without, optimised and not, in C# and F#.
    [Fact]
    public void Weave_OfAssembliesOfOtherPeople_LeavesNoMethodInvalid()
    {
        string[] assemblies =
        [
            "Azure.Core", "FsCheck", "Microsoft.ApplicationInsights", "Mono.Cecil", "Spectre.Console", "System.CommandLine", "xunit.core",
            "xunit.execution.dotnet", "xunit.assert", "Mayhem.FrameCapture.Weaver", "Mayhem.FrameCapture.Samples.Unwoven", "Mayhem.FrameCapture.Tests",
        ];
        var check = new JitCheck();
        foreach (var assembly in assemblies)
        {
            var copy = Copy(assembly);
            output.WriteLine($"{assembly}: {AssemblyWeaver.Weave(new Arguments(copy, [], LetJitOptimize: true))}");
            check.Check(copy);
        }

        output.WriteLine($"{check.Compiled} methods compiled");
        Assert.Empty(check.Invalid);
        Assert.True(check.Compiled > 4_000, $"Only {check.Compiled} methods could be compiled.");
    }

    [Fact]
    public void JitCheck_OfAnInvalidMethod_FindsIt()
    {
        var copy = Copy("Mayhem.FrameCapture.Samples");
        using (var module = ModuleDefinition.ReadModule(copy, new ReaderParameters { InMemory = true }))
        {
            var body = module.GetType("Mayhem.FrameCapture.Samples.Regions").Methods.Single(method => method.Name == "Throw").Body;
            body.GetILProcessor().InsertBefore(body.Instructions[0], Instruction.Create(OpCodes.Pop));
            module.Write(copy);
        }

        var check = new JitCheck();
        check.Check(copy);

        Assert.Contains("Throw", Assert.Single(check.Invalid), StringComparison.Ordinal);
    }

    [Fact]
    public void Weave_OfAWovenAssembly_LeavesItAsItIs()
    {
        var copy = Copy("Mayhem.FrameCapture.Samples");
        var before = File.ReadAllBytes(copy);

        Assert.Equal("woven already", AssemblyWeaver.Weave(new Arguments(copy, [], LetJitOptimize: true)));
        Assert.Equal(before, File.ReadAllBytes(copy));
    }

    [Fact]
    public void Weave_Twice_GivesTheSameBytes()
    {
        var first = Copy("Mayhem.FrameCapture.Samples.Unwoven");
        AssemblyWeaver.Weave(new Arguments(first, [], LetJitOptimize: true));
        var (assembly, symbols) = (File.ReadAllBytes(first), File.ReadAllBytes(Path.ChangeExtension(first, ".pdb")));

        var second = Copy("Mayhem.FrameCapture.Samples.Unwoven");
        AssemblyWeaver.Weave(new Arguments(second, [], LetJitOptimize: true));

        Assert.Equal(assembly, File.ReadAllBytes(second));
        Assert.Equal(symbols, File.ReadAllBytes(Path.ChangeExtension(second, ".pdb")));
    }

    public void Dispose() => folder.Dispose();

    private string Copy(string assembly)
    {
        var copy = folder[$"{assembly}.dll"];
        File.Copy(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), copy, overwrite: true);
        var symbols = Path.Combine(AppContext.BaseDirectory, $"{assembly}.pdb");
        if (File.Exists(symbols))
            File.Copy(symbols, Path.ChangeExtension(copy, ".pdb"), overwrite: true);
        return copy;
    }
}
