# From JSON documents to CDA, then the indicators of the year.
#
#     ruby -I <generated sources> parcours.rb INPUT_DIR OUTPUT_DIR
require "dcc"
require "fileutils"

# A whole file or none.
def write(target, bytes)
  FileUtils.mkdir_p(File.dirname(target))
  File.binwrite("#{target}.part", bytes)
  File.rename("#{target}.part", target)
end

input, output = ARGV
facts = Dcc::Facts.new
refused = 0
Dir[File.join(input, "*.json")].sort.each do |path|
  stem = File.basename(path, ".json")
  document = Dcc::Document.from_json(File.read(path, encoding: "UTF-8"))
  write(File.join(output, "#{stem}.xml"), document.to_cda)
  puts format("%-28s %-10s %d problème(s)", stem, document.kind, document.check.size)
  if (fiche = document.fiche_fact("S-#{stem}", stem))
    rcp, date = ["/rcp/rcp_id", "/rcp/date"].map { |place| document.text_at(place).to_s }
    held = Dcc::SessionStatus::HELD
    facts.add_sessions([Dcc::SessionFact.new(id: "S-#{stem}", rcp: rcp, date: date[0, 10], status: held)])
    facts.add_fiches([fiche])
  end
  pps = document.pps_fact(stem) and facts.add_pps([pps])
rescue Dcc::DccException::Refused => error
  warn "#{File.basename(path)} refusé", error.text
  refused += 1
end
options = Dcc::ExportOptions.new(producer: "3C de test", generated_at: "2026-01-05T08:00:00+01:00")
facts.export("2025", options).files.each { |file| write(File.join(output, "export", file.name), file.content) }
exit(refused.zero? ? 0 : 1)
