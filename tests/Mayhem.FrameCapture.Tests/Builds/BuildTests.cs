using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Mayhem.FrameCapture.Maps;

namespace Mayhem.FrameCapture.Tests.Builds;

/// <summary>One build after another of one project: each of them takes seconds.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly SampleProject project = new();

    [Fact]
    public void Build_AgainAndAgain_WeavesWhenSomethingChangedAndOnlyThen()
    {
        project.Build();
        var first = File.ReadAllBytes(project.Assembly);
        Assert.True(IsWoven());
        Assert.False(IsJitOptimizerDisabled());
        var woven = File.GetLastWriteTimeUtc(Stamp);

        project.Build();
        Assert.Equal(woven, File.GetLastWriteTimeUtc(Stamp));
        Assert.Equal(first, File.ReadAllBytes(project.Assembly));

        project.Write("Sample/Restarter.cs", SampleProject.Source.Replace("attempt > 2", "attempt > 3", StringComparison.Ordinal));
        project.Build();
        Assert.NotEqual(woven, File.GetLastWriteTimeUtc(Stamp));
        Assert.True(IsWoven());
        Assert.NotEqual(first, File.ReadAllBytes(project.Assembly));

        project.Write("Sample/Restarter.cs", SampleProject.Source);
        project.Build();
        Assert.Equal(first, File.ReadAllBytes(project.Assembly));

        project.Build("FrameCapture=false");
        Assert.False(IsWoven());

        project.Build();
        Assert.Equal(first, File.ReadAllBytes(project.Assembly));
    }

    public void Dispose() => project.Dispose();

    private string Stamp => project[$"Sample/obj/{SampleProject.Configuration}/net10.0/framecapture.stamp"];

    private bool IsWoven() => Read(assembly => assembly.GetManifestResourceNames().Contains(FrameMap.ResourceName, StringComparer.Ordinal));

    private bool IsJitOptimizerDisabled() => Read(assembly => assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled);

    private T Read<T>(Func<Assembly, T> question)
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        using var bytes = new MemoryStream(File.ReadAllBytes(project.Assembly));
        var answer = question(context.LoadFromStream(bytes));
        context.Unload();
        return answer;
    }
}
