using Mono.Cecil;

namespace Mayhem.FrameCapture.Weaver.Emission;

/// <summary>The methods of the runtime that woven code calls, as references of the assembly being woven.</summary>
internal sealed class RecorderReferences
{
    public RecorderReferences(ModuleDefinition module)
    {
        var runtime = typeof(FrameRecorder).Assembly.GetName();
        var assembly = module.AssemblyReferences.FirstOrDefault(reference => reference.Name == runtime.Name);
        if (assembly is null)
        {
            assembly = new AssemblyNameReference(runtime.Name, runtime.Version);
            module.AssemblyReferences.Add(assembly);
        }

        var system = module.TypeSystem;
        var recorder = new TypeReference(typeof(FrameRecorder).Namespace, nameof(FrameRecorder), module, assembly);
        LogOf = new MethodReference(nameof(FrameRecorder.LogOf), system.Object, recorder);
        LogOf.Parameters.Add(new ParameterDefinition(system.Object));
        Record = new MethodReference(nameof(FrameRecorder.Record), system.Void, recorder);
        Record.Parameters.Add(new ParameterDefinition(system.Object));
        Record.Parameters.Add(new ParameterDefinition(TypeHandle(module)));
        Record.Parameters.Add(new ParameterDefinition(system.Int32));
        Record.Parameters.Add(new ParameterDefinition(new ArrayType(system.Object)));
        Boxed = new MethodReference(nameof(FrameRecorder.Boxed), system.Object, recorder);
        Boxed.Parameters.Add(new ParameterDefinition(system.Int32));
    }

    public MethodReference LogOf { get; }

    public MethodReference Record { get; }

    public MethodReference Boxed { get; }

    private static TypeReference TypeHandle(ModuleDefinition module) =>
        new("System", nameof(RuntimeTypeHandle), module, module.TypeSystem.CoreLibrary) { IsValueType = true };
}
