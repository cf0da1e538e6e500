CREATE TABLE "drill_adoption" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pack_id" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"document_number" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C",
	"counts" text NOT NULL,
	"adopted_by" text COLLATE "C" NOT NULL,
	"adopted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_division" (
	"drill_id" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "drill_division_drill_id_division_id_pk" PRIMARY KEY("drill_id","division_id")
);
--> statement-breakpoint
CREATE TABLE "drill_rule" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pack_id" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"unit_class" text COLLATE "C" NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"plan_kinds" text NOT NULL,
	"count" bigint,
	"period" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "drill_rule_pack" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"document" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C",
	"source" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "half_year_report" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"half" bigint NOT NULL,
	"drills" bigint NOT NULL,
	"people" bigint NOT NULL,
	"summary" text COLLATE "C" NOT NULL,
	"upload_id" text COLLATE "C",
	"submitted_by" text COLLATE "C" NOT NULL,
	"submitted_at" bigint NOT NULL,
	"checked_on" text COLLATE "C",
	"check_result" text COLLATE "C",
	"check_note" text COLLATE "C" NOT NULL,
	"checked_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "paper_drill" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"held_on" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"plan_kind" text COLLATE "C" NOT NULL,
	"plan" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"sheet_id" text COLLATE "C",
	"report_id" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"entered_by" text COLLATE "C" NOT NULL,
	"entered_at" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "paper_drill_unit" (
	"paper_drill_id" text COLLATE "C" NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "paper_drill_unit_paper_drill_id_unit_id_pk" PRIMARY KEY("paper_drill_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "planned_drill" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"month" bigint NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"plan_kind" text COLLATE "C" NOT NULL,
	"plan" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_trait" (
	"unit_id" text COLLATE "C" NOT NULL,
	"trait" text COLLATE "C" NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" bigint NOT NULL,
	CONSTRAINT "unit_trait_unit_id_trait_pk" PRIMARY KEY("unit_id","trait")
);
--> statement-breakpoint
CREATE INDEX "drill_adoption_pack" ON "drill_adoption" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "drill_adoption_path" ON "drill_adoption" USING btree ("path");--> statement-breakpoint
CREATE INDEX "drill_division_place" ON "drill_division" USING btree ("division_id");--> statement-breakpoint
CREATE INDEX "drill_rule_pack_rules" ON "drill_rule" USING btree ("pack_id");--> statement-breakpoint
CREATE UNIQUE INDEX "half_year_report_once" ON "half_year_report" USING btree ("organization_id","year","half");--> statement-breakpoint
CREATE INDEX "half_year_report_path" ON "half_year_report" USING btree ("path","year");--> statement-breakpoint
CREATE INDEX "paper_drill_path" ON "paper_drill" USING btree ("path","state");--> statement-breakpoint
CREATE INDEX "paper_drill_unit_unit" ON "paper_drill_unit" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "planned_drill_path" ON "planned_drill" USING btree ("path","year");--> statement-breakpoint
CREATE INDEX "planned_drill_unit" ON "planned_drill" USING btree ("unit_id","year");