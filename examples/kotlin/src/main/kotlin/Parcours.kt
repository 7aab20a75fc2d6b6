import fr.dcc.*
import java.io.File
import java.nio.file.Files
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import kotlin.system.exitProcess

/** A whole file or none. */
fun write(target: File, bytes: ByteArray) {
    val part = File("$target.part").apply { parentFile.mkdirs() }
    Files.move(Files.write(part.toPath(), bytes), target.toPath(), ATOMIC_MOVE)
}

/** From JSON documents to CDA, then the indicators of the year: INPUT_DIR OUTPUT_DIR. */
fun main(args: Array<String>) {
    val (input, output) = args.map(::File)
    val facts = Facts()
    var refused = 0
    for (file in input.walk().maxDepth(1).filter { it.extension == "json" }.sorted()) try {
        val (stem, document) = file.nameWithoutExtension to Document.fromJson(file.readText())
        write(output.resolve("$stem.xml"), document.toCda())
        println("${stem.padEnd(28)} ${document.kind().padEnd(10)} ${document.check().size} problème(s)")
        document.check().forEach { println("    ${it.code} ${it.path} : ${it.message}") }
        document.ficheFact(session = "S-$stem", patient = stem)?.let { fiche ->
            val (rcp, date) = listOf("/rcp/rcp_id", "/rcp/date").map { document.textAt(it).orEmpty() }
            facts.addSessions(listOf(SessionFact("S-$stem", rcp, date.take(10), SessionStatus.HELD)))
            facts.addFiches(listOf(fiche))
        }
        document.ppsFact(patient = stem)?.let { facts.addPps(listOf(it)) }
    } catch (error: DccException.Refused) {
        System.err.println("${file.name} refusé\n${error.text}")
        refused++
    }
    for ((indicator, value) in indicatorDefinitions().zip(facts.compute("2025").cells().first().values))
        println("${indicator.code.padEnd(12)} ${indicator.label.padEnd(60)} ${value.value ?: "-"}")
    val export = facts.export("2025", ExportOptions("3C de test", "2026-01-05T08:00:00+01:00"))
    export.files.forEach { write(output.resolve("export/${it.name}"), it.content) } // the manifest is last
    exitProcess(if (refused > 0) 1 else 0)
}
