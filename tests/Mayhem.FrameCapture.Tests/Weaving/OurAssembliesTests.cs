using System.Diagnostics;
using System.Reflection;
using Mayhem.FrameCapture.Maps;
using Mayhem.FrameCapture.Tests.Builds;

namespace Mayhem.FrameCapture.Tests.Weaving;

public class OurAssembliesTests
{
    public static TheoryData<string> Assemblies => ["Mayhem.Core", "Mayhem.Functions", "Mayhem.Local", "Mayhem.Targets"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_ThatHandlesMessages_IsWoven(string assembly) =>
        Assert.Contains(FrameMap.ResourceName, Assembly.Load(assembly).GetManifestResourceNames());

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_ThatHandlesMessages_IsOptimisedByTheJitInRelease(string assembly)
    {
        var debuggable = Assembly.Load(assembly).GetCustomAttribute<DebuggableAttribute>();

        Assert.Equal(SampleProject.Configuration == "Debug", debuggable?.IsJITOptimizerDisabled == true);
    }

    [Fact]
    public void Samples_CompiledAsForRelease_AreOptimisedByTheJit() =>
        Assert.False(typeof(Samples.PlainMethods).Assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled);
}
