using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Weaver.Emission;
using Mayhem.FrameCapture.Weaver.Selection;
using Mayhem.FrameCapture.Weaver.Variables;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Mayhem.FrameCapture.Weaver;

/// <summary>Weaves one assembly, in place. An assembly that is woven already stays as it is.</summary>
internal static class AssemblyWeaver
{
    /// <returns>What was done, for people.</returns>
    public static string Weave(Arguments arguments)
    {
        using var resolver = new ReferenceResolver(arguments.Assembly, arguments.References);
        using var module = ModuleDefinition.ReadModule(arguments.Assembly, new ReaderParameters
        {
            AssemblyResolver = resolver,
            InMemory = true,
            ReadSymbols = true,
            SymbolReaderProvider = new Mono.Cecil.Cil.DefaultSymbolReaderProvider(throwIfNoSymbol: false),
        });
        if (module.Resources.Any(resource => resource.Name == FrameMap.ResourceName))
            return "woven already";
        if (module.Assembly.HasAttribute(nameof(NoFrameCaptureAttribute)))
            return "opted out by its attribute";

        if (arguments.LetJitOptimize)
            StructMachines.MakeAll(module);
        var tokens = new MethodTokens(module);
        var map = WeaveMethods(module, tokens);
        module.Resources.Add(new EmbeddedResource(FrameMap.ResourceName, ManifestResourceAttributes.Public, FrameMapFile.Write(map)));
        if (arguments.LetJitOptimize)
            JitOptimization.Allow(module.Assembly);
        module.Write(arguments.Assembly, new WriterParameters
        {
            WriteSymbols = module.SymbolReader is not null,
            SymbolWriterProvider = module.SymbolReader?.GetWriterProvider(),
            DeterministicMvid = true,
        });
        tokens.Verify();
        return $"{map.Count} methods woven";
    }

    private static List<MappedMethod> WeaveMethods(ModuleDefinition module, MethodTokens tokens)
    {
        var recorder = new RecorderReferences(module);
        var map = new List<MappedMethod>();
        foreach (var type in module.GetTypes().ToArray())
        {
            foreach (var method in type.Methods.Where(method => MethodSelection.IsSelected(type, method)))
            {
                if (TryWeave(type, method, map.Count, recorder, tokens) is { } mapped)
                    map.Add(mapped);
            }
        }

        return map;
    }

    private static MappedMethod? TryWeave(TypeDefinition type, MethodDefinition method, int id, RecorderReferences recorder, MethodTokens tokens)
    {
        var machine = StateMachine.Of(type);
        method.Body.SimplifyMacros();
        ScopeEnds.Release(method);
        var woven = new WovenMethod(id, type, method, machine, WriteOnlyCopies.AddTo(method, VariablesOf.Method(type, method, machine)), recorder);
        var catches = CatchRecords.CatchesOf(woven);
        var isWoven = machine is { IsAsync: true } ? StateMachineFilter.TryAdd(woven) : BodyFilter.TryAdd(woven);
        if (isWoven)
            CatchRecords.AddTo(woven, catches);
        method.Body.OptimizeMacros();
        return isWoven ? MapBuilder.Of(woven, tokens.Of(method)) : null;
    }
}
