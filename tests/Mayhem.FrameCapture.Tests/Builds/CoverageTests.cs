using System.Xml.Linq;

namespace Mayhem.FrameCapture.Tests.Builds;

public sealed class CoverageTests : IDisposable
{
    private readonly SampleProject project = new();

    // The collector rewrites the woven assembly. Offsets are others then, but values remain, and what it counts is the source's lines.
    [Fact]
    public void Coverage_OfAWovenAssembly_CountsItsLinesAndLeavesItsVariables()
    {
        project.Write(
            "Sample.Tests/Sample.Tests.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="coverlet.collector" Version="6.0.4" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="xunit" Version="2.9.3" />
                <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
                <ProjectReference Include="../Sample/Sample.csproj" />
              </ItemGroup>
            </Project>
            """);
        project.Write(
            "Sample.Tests/RestarterTests.cs",
            """
            using System.Linq;
            using Mayhem.FrameCapture;
            using Xunit;

            public class RestarterTests
            {
                [Fact]
                public void Restart_ThirdAttempt_Throws()
                {
                    var thrown = Record.Exception(() => Sample.Restarter.Restart("cattle", 3))!;
                    var frame = TracedFrames.Of(thrown).First(frame => frame.IsCaptured);
                    Assert.Equal("Restarter.Restart(string host, int attempt)", frame.Name);
                    Assert.Contains("Local string label = \"cattle#3\"", frame.Variables.Select(variable => variable.ToString()));
                }
            }
            """);
        project.Build();
        project.Dotnet("test", project["Sample.Tests/Sample.Tests.csproj"], "--collect", "XPlat Code Coverage", "--results-directory", project["results"]);

        var report = Directory.GetFiles(project["results"], "coverage.cobertura.xml", SearchOption.AllDirectories).Single();
        var hits = XDocument.Load(report).Descendants("class").Single(type => (string?)type.Attribute("name") == "Sample.Restarter")
            .Element("lines")!.Elements("line").ToDictionary(line => (int)line.Attribute("number")!, line => (int)line.Attribute("hits")!);
        Assert.Equal([6, 7, 8, 9, 10, 11, 14, 15, 16], hits.Keys.Order());
        Assert.Equal([6, 7, 8, 9], hits.Where(line => line.Value > 0).Select(line => line.Key).Order());
    }

    public void Dispose() => project.Dispose();
}
